import type { discordCallbackQuerySchema } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { LiveSessions } from '../../platform/identity/live-sessions.js';
import { DomainError } from '../../platform/problems/domain-error.js';
import { DiscordAccounts, type ProvenIdentity } from './discord-accounts.service.js';
import { DiscordLinks } from './discord-links.service.js';
import { DiscordOAuthClient } from './discord-oauth.client.js';
import { type Attempt, type LinkIntent, SignInAttempts } from './sign-in-attempts.js';

export type DiscordCallbackQuery = z.infer<typeof discordCallbackQuerySchema>;

/** Discord's answer to an attempt of ours. */
export interface DiscordAnswer {
  query: DiscordCallbackQuery;
  /** The secret of the browser that brings it. */
  browser: string | undefined;
  ipAddress: string;
}

/** What became of an attempt: a one-time id for the web app, or an account with its Discord identity. */
export type Arrival = { kind: 'session'; session: string } | { kind: 'linked' };

/** Where an attempt belongs in the dashboard, also when it fails. */
export interface OpenedAttempt {
  page: 'auth/callback' | 'account';
  /** @throws DomainError `oauth-denied`, `oauth-failed`, and for a link `discord-already-linked`, `unauthenticated`, `conflict` */
  complete(): Promise<Arrival>;
}

/** What happens when Discord sends the browser back. */
@Injectable()
export class DiscordReturn {
  constructor(
    private readonly attempts: SignInAttempts,
    private readonly discord: DiscordOAuthClient,
    private readonly accounts: DiscordAccounts,
    private readonly links: DiscordLinks,
    private readonly liveSessions: LiveSessions,
  ) {}

  /** Takes the attempt that an answer belongs to. @throws DomainError `oauth-state-invalid` */
  async open(answer: DiscordAnswer): Promise<OpenedAttempt> {
    const attempt = await this.attempts.take(answer.query.state, answer.browser);
    if (!attempt) throw new DomainError('oauth-state-invalid', { detail: 'Start the sign-in again, in this browser.' });
    const page = attempt.link === undefined ? 'auth/callback' : 'account';
    return { page, complete: () => this.complete(attempt, answer) };
  }

  private async complete(
    { codeVerifier, browser, link }: Attempt,
    { query, ipAddress }: DiscordAnswer,
  ): Promise<Arrival> {
    if (query.error === 'access_denied') throw new DomainError('oauth-denied');
    if (query.error !== undefined || query.code === undefined) {
      throw new DomainError('oauth-failed', { detail: 'Discord refused the sign-in.', logLevel: 'warn' });
    }
    const tokens = await this.discord.exchangeCode(query.code, codeVerifier);
    const identity = { profile: await this.discord.readProfile(tokens.accessToken), tokens, ipAddress };
    if (link) return this.link(link, identity);
    const session = await this.attempts.arrive(browser, await this.accounts.signIn(identity));
    return { kind: 'session', session };
  }

  /** Only while the session in which it began still stands. */
  private async link({ accountId, sessionId }: LinkIntent, identity: ProvenIdentity): Promise<Arrival> {
    const session = await this.liveSessions.find(sessionId);
    if (session?.accountId !== accountId) throw new DomainError('unauthenticated');
    await this.links.link(accountId, identity);
    return { kind: 'linked' };
  }
}
