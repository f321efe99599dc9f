import type { DiscordIdentity } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { DomainError } from '../../platform/problems/domain-error.js';
import { type DiscordGuild, DiscordOAuthClient, type DiscordProfile } from './discord-oauth.client.js';
import { DiscordTokenSeal, type SealedTokens } from './discord-token-seal.js';
import { DiscordTokensRepository } from './discord-tokens.repository.js';

/** A token that is about to expire could do so on its way. */
const MARGIN_MS = 60_000;

/** What people let us ask Discord in their name. */
@Injectable()
export class DiscordAuthorizations {
  constructor(
    private readonly tokens: DiscordTokensRepository,
    private readonly discord: DiscordOAuthClient,
    private readonly seal: DiscordTokenSeal,
    private readonly clock: Clock,
  ) {}

  /**
   * An access token that is good, renewed where it has expired.
   * @throws DomainError `discord-authorization-lost` when Discord renews it no more, `oauth-failed` when it cannot tell
   */
  async accessToken(accountId: string): Promise<string> {
    const tokens = await this.tokens.keepFresh(accountId, async (kept) =>
      this.isFresh(kept) ? kept : this.renew(kept, accountId),
    );
    if (!tokens) throw lost();
    return this.seal.open(tokens.accessToken, accountId);
  }

  /** Who the person is and where, right now. @throws DomainError `discord-authorization-lost`, `oauth-failed` */
  async readIdentity(accountId: string): Promise<DiscordIdentity> {
    const known = await this.discord.readIdentity(await this.accessToken(accountId));
    // Discord may end a token before its time.
    if (!known) throw lost();
    return identityOf(known);
  }

  private isFresh({ expiresAt }: SealedTokens): boolean {
    return expiresAt.getTime() > this.clock.now().getTime() + MARGIN_MS;
  }

  private async renew({ refreshToken }: SealedTokens, accountId: string): Promise<SealedTokens | null> {
    const renewed = await this.discord.refresh(this.seal.open(refreshToken, accountId));
    return renewed && this.seal.seal(renewed, accountId);
  }
}

function identityOf({ profile, guilds }: { profile: DiscordProfile; guilds: DiscordGuild[] }): DiscordIdentity {
  return {
    id: profile.id,
    username: profile.username,
    displayName: profile.global_name ?? profile.username,
    avatar: profile.avatar ?? null,
    guilds: guilds.map(({ id, name, icon, owner }) => ({ id, name, icon: icon ?? null, isOwner: owner ?? false })),
  };
}

function lost(): DomainError {
  return new DomainError('discord-authorization-lost', { detail: 'Sign in with Discord again.' });
}
