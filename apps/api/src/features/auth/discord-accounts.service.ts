import { Injectable } from '@nestjs/common';
import { Changes } from '../../platform/changes/changes.js';
import { AccountsRepository } from './accounts.repository.js';
import type { DiscordProfile, DiscordTokens } from './discord-oauth.client.js';
import { accountFactsOf } from './discord-profiles.rules.js';
import { KeptDiscordTokens } from './kept-discord-tokens.js';

/** Somebody whom Discord has vouched for a moment ago. */
export interface ProvenIdentity {
  profile: DiscordProfile;
  tokens: DiscordTokens;
  ipAddress: string;
}

/** The accounts of people who sign in with Discord. */
@Injectable()
export class DiscordAccounts {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly tokens: KeptDiscordTokens,
    private readonly changes: Changes,
  ) {}

  /** Creates the account of a Discord identity or brings it up to date, and returns its id. */
  async signIn({ profile, tokens, ipAddress }: ProvenIdentity): Promise<string> {
    const facts = accountFactsOf(profile);
    return this.changes.make(async ({ transaction, audit }) => {
      const { accountId, isNew } = await this.accounts.upsertDiscordAccount(transaction, facts);
      await this.tokens.put(transaction, accountId, tokens);
      if (isNew) {
        const { discordId, displayName: name } = facts;
        const target = { id: accountId, name, accountId, discordId };
        audit({ action: 'account.created', guildId: null, actor: { identity: null, ipAddress }, target });
      }
      return accountId;
    });
  }
}
