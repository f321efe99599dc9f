import type { Tokens } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AccessTokens } from '../../platform/identity/access-tokens.js';
import { AuthCookies } from './auth-cookies.js';
import type { TokenChannel } from './refresh-rotation.rules.js';
import type { IssuedSession } from './sessions.service.js';

/** Hands out the tokens of a session, the way the caller keeps them. */
@Injectable()
export class TokensService {
  constructor(
    private readonly accessTokens: AccessTokens,
    private readonly cookies: AuthCookies,
  ) {}

  /** A browser gets the refresh token as a cookie that no script can read, a program in the body. */
  async hand(
    issued: IssuedSession,
    { channel, reply }: { channel: TokenChannel; reply: FastifyReply },
  ): Promise<Tokens> {
    const { refreshToken, ...claims } = issued;
    const accessToken = await this.accessTokens.sign(claims);
    const tokens = { accessToken, expiresIn: this.accessTokens.lifetimeSeconds };
    if (channel === 'body') return { ...tokens, refreshToken };
    this.cookies.setRefresh(reply, refreshToken);
    return tokens;
  }
}
