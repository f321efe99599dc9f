import { type discordCallbackQuerySchema, nearestLocale } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Clock } from '../../platform/clock.js';
import { DomainError } from '../../platform/problems/domain-error.js';
import { AccountsRepository } from './accounts.repository.js';
import { DiscordOAuthClient, type DiscordProfile, type DiscordTokens } from './discord-oauth.client.js';
import { randomHex, randomToken, sha256 } from './secrets.js';
import { SignInAttempts } from './sign-in-attempts.js';
import { TokenCipher } from './token-cipher.js';

const BROWSER_SECRET = /^[0-9a-f]{64}$/;

export type DiscordCallbackQuery = z.infer<typeof discordCallbackQuerySchema>;

/** Sign-in with Discord, from our page to Discord's and back. */
@Injectable()
export class DiscordSignIn {
  constructor(
    private readonly attempts: SignInAttempts,
    private readonly discord: DiscordOAuthClient,
    private readonly accounts: AccountsRepository,
    private readonly cipher: TokenCipher,
    private readonly clock: Clock,
  ) {}

  /**
   * Begins an attempt.
   * @param known secret of this browser from an attempt in another tab, which must not be thrown out
   * @returns where to send the browser, and the secret to leave in it
   */
  async begin(known: string | undefined): Promise<{ authorizeUrl: string; browser: string }> {
    const browser = known !== undefined && BROWSER_SECRET.test(known) ? known : randomHex();
    const codeVerifier = randomToken();
    const state = await this.attempts.begin(browser, codeVerifier);
    // PKCE with S256. @see https://www.rfc-editor.org/rfc/rfc7636#section-4.2
    const codeChallenge = sha256(codeVerifier).toString('base64url');
    return { authorizeUrl: this.discord.authorizeUrl({ state, codeChallenge }), browser };
  }

  /**
   * Completes what Discord sent back and returns the one-time id for the web app.
   * @throws DomainError `oauth-state-invalid`, `oauth-denied`, `oauth-failed`
   */
  async complete(query: DiscordCallbackQuery, browser: string | undefined): Promise<string> {
    const attempt = await this.attempts.take(query.state, browser);
    if (!attempt || browser === undefined) {
      throw new DomainError('oauth-state-invalid', { detail: 'Start the sign-in again, in this browser.' });
    }
    if (query.error === 'access_denied') throw new DomainError('oauth-denied');
    if (query.error !== undefined || query.code === undefined) {
      throw new DomainError('oauth-failed', { detail: 'Discord refused the sign-in.', logLevel: 'warn' });
    }
    const tokens = await this.discord.exchangeCode(query.code, attempt.codeVerifier);
    const accountId = await this.keep(await this.discord.readProfile(tokens.accessToken), tokens);
    return this.attempts.arrive(browser, accountId);
  }

  /** @throws DomainError `session-code-invalid` */
  async collect(sessionId: string, browser: string | undefined): Promise<{ accountId: string }> {
    const arrival = await this.attempts.collect(sessionId, browser);
    if (!arrival) throw new DomainError('session-code-invalid', { detail: 'Sign in again.' });
    return arrival;
  }

  private async keep(profile: DiscordProfile, tokens: DiscordTokens): Promise<string> {
    return this.accounts.upsertDiscordAccount(
      {
        discordId: profile.id,
        username: profile.username,
        displayName: profile.global_name ?? profile.username,
        avatar: profile.avatar ?? null,
        // An address that nobody has proven to be theirs is worth nothing.
        email: profile.verified === true ? (profile.email ?? null) : null,
        locale: nearestLocale(profile.locale),
      },
      (accountId) => ({
        accessToken: this.cipher.encrypt(tokens.accessToken, accountId),
        refreshToken: this.cipher.encrypt(tokens.refreshToken, accountId),
        scopes: tokens.scopes,
        expiresAt: new Date(this.clock.now().getTime() + tokens.expiresInSeconds * 1000),
      }),
    );
  }
}
