import { Inject, Injectable } from '@nestjs/common';
import type { ApiConfig } from '../../../config.js';
import { API_CONFIG } from '../../../platform/config/config.module.js';

/** The pages of the dashboard that mails lead to. Secrets stand behind the `#`, which no server and no proxy gets to see. */
@Injectable()
export class EmailPages {
  private readonly base: string;

  constructor(@Inject(API_CONFIG) { WEB_URL }: ApiConfig) {
    this.base = WEB_URL.replace(/\/+$/, '');
  }

  verifyEmail(token: string): string {
    return `${this.base}/auth/verify-email#token=${token}`;
  }

  resetPassword(token: string): string {
    return `${this.base}/auth/reset-password#token=${token}`;
  }

  forgotPassword(): string {
    return `${this.base}/auth/forgot-password`;
  }

  signIn(): string {
    return `${this.base}/auth/sign-in`;
  }
}
