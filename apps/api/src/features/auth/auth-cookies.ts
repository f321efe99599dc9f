import { Inject, Injectable } from '@nestjs/common';
import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ApiConfig, durationSeconds } from '../../config.js';
import { API_CONFIG } from '../../platform/config/config.module.js';

/** The routes that read these cookies, and no others. */
const PATH = '/api/auth';

/** As long as a sign-in may take: the state at Discord, then the one-time session id. */
const BROWSER_MAX_AGE_SECONDS = 900;

/** The two cookies of the sign-in. */
@Injectable()
export class AuthCookies {
  private readonly refreshName: string;
  private readonly browserName: string;
  private readonly isSecure: boolean;
  private readonly refreshMaxAgeSeconds: number;

  constructor(@Inject(API_CONFIG) config: ApiConfig) {
    const { hostname, port, protocol } = new URL(config.WEB_URL);
    // Cookies know no ports: two copies of Guildhall on one machine would sign each other out.
    const suffix = hostname === 'localhost' && port !== '' ? `_${port}` : '';
    this.refreshName = `guildhall_refresh${suffix}`;
    this.browserName = `guildhall_browser${suffix}`;
    this.isSecure = protocol === 'https:';
    this.refreshMaxAgeSeconds = durationSeconds(config.JWT_REFRESH_EXPIRATION);
  }

  readRefresh(request: FastifyRequest): string | undefined {
    return request.cookies[this.refreshName];
  }

  setRefresh(reply: FastifyReply, token: string): void {
    void reply.setCookie(this.refreshName, token, {
      httpOnly: true,
      secure: this.isSecure,
      sameSite: 'strict',
      path: PATH,
      maxAge: this.refreshMaxAgeSeconds,
    });
  }

  clearRefresh(reply: FastifyReply): void {
    void reply.clearCookie(this.refreshName, { httpOnly: true, secure: this.isSecure, sameSite: 'strict', path: PATH });
  }

  /** What tells this browser from others while somebody signs in. */
  readBrowser(request: FastifyRequest): string | undefined {
    return request.cookies[this.browserName];
  }

  /** `Lax`, since it has to come along when Discord sends the browser back. */
  setBrowser(reply: FastifyReply, secret: string): void {
    void reply.setCookie(this.browserName, secret, {
      httpOnly: true,
      secure: this.isSecure,
      sameSite: 'lax',
      path: PATH,
      maxAge: BROWSER_MAX_AGE_SECONDS,
    });
  }
}
