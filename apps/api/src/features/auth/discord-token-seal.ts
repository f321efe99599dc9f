import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { TokenCipher } from '../../platform/crypto/token-cipher.js';
import type { DiscordTokens } from './discord-oauth.client.js';

/** Discord's tokens as the database keeps them. */
export interface SealedTokens {
  accessToken: string;
  refreshToken: string;
  scopes: string;
  expiresAt: Date;
}

/** Encrypts Discord's tokens for the account they belong to. */
@Injectable()
export class DiscordTokenSeal {
  constructor(
    private readonly cipher: TokenCipher,
    private readonly clock: Clock,
  ) {}

  seal(tokens: DiscordTokens, accountId: string): SealedTokens {
    return {
      accessToken: this.cipher.encrypt(tokens.accessToken, accountId),
      refreshToken: this.cipher.encrypt(tokens.refreshToken, accountId),
      scopes: tokens.scopes,
      expiresAt: new Date(this.clock.now().getTime() + tokens.expiresInSeconds * 1000),
    };
  }

  /** @throws Error when the key is gone or the token is another account's */
  open(sealedToken: string, accountId: string): string {
    return this.cipher.decrypt(sealedToken, accountId);
  }
}
