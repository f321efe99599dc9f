import { Injectable } from '@nestjs/common';
import { Changes } from '../../platform/changes/changes.js';
import type { Actor } from '../../platform/identity/actor.js';
import type { AccountIdentity } from '../../platform/identity/identity.js';
import { DomainError } from '../../platform/problems/domain-error.js';
import { AccountStanding } from './account-standing.js';
import type { ProvenIdentity } from './discord-accounts.service.js';
import { DiscordLinksRepository, type LinkOutcome } from './discord-links.repository.js';
import { accountFactsOf } from './discord-profiles.rules.js';
import { RecentProof } from './email/recent-proof.js';
import { KeptDiscordTokens } from './kept-discord-tokens.js';

/** Joins e-mail accounts and Discord identities, both proven; never by equal addresses. */
@Injectable()
export class DiscordLinks {
  constructor(
    private readonly links: DiscordLinksRepository,
    private readonly tokens: KeptDiscordTokens,
    private readonly standing: AccountStanding,
    private readonly proof: RecentProof,
    private readonly changes: Changes,
  ) {}

  /**
   * Gives an account the Discord identity that its owner has just proven.
   * @throws DomainError `discord-already-linked` when another account has it, `conflict` when this one has another
   */
  async link(accountId: string, { profile, tokens, ipAddress }: ProvenIdentity): Promise<void> {
    const facts = accountFactsOf(profile);
    await this.changes.make(async (context) => {
      refuse(await this.links.link(context.transaction, accountId, facts));
      await this.tokens.put(context.transaction, accountId, tokens);
      const { discordId, displayName: name } = facts;
      context.audit({
        action: 'account.discordLinked',
        guildId: null,
        actor: { identity: null, ipAddress },
        target: { id: accountId, name, accountId, discordId },
        after: { discordId },
      });
      await this.standing.renewWith(context, accountId);
    });
  }

  /**
   * Takes the Discord identity from an account, with everything that Discord let us do.
   * @throws DomainError `last-sign-in-way` without a proven address and a password, `conflict` without an identity, and as
   * `RecentProof`
   */
  async unlink(identity: AccountIdentity, currentPassword: string | undefined, actor: Actor): Promise<void> {
    const { accountId, discordId } = identity;
    if (discordId === null) throw new DomainError('conflict', { detail: 'No Discord identity is linked.' });
    await this.proof.require(identity, { currentPassword, ipAddress: actor.ipAddress ?? '' });
    await this.changes.make(async (context) => {
      const { transaction, audit } = context;
      if (!(await this.links.opensByEmail(transaction, accountId))) {
        throw new DomainError('last-sign-in-way', { detail: 'Add an e-mail address with a password first.' });
      }
      await this.links.unlink(transaction, accountId);
      await this.tokens.giveBack(transaction, accountId);
      audit({
        action: 'account.discordUnlinked',
        guildId: null,
        actor,
        target: { id: accountId, accountId, discordId },
        before: { discordId },
      });
      await this.standing.renewWith(context, accountId);
    });
  }
}

function refuse(outcome: LinkOutcome): void {
  if (outcome === 'taken') {
    throw new DomainError('discord-already-linked', { detail: 'Sign in with Discord to use that account.' });
  }
  if (outcome === 'has-another') {
    throw new DomainError('conflict', {
      detail: 'This account is linked to another Discord identity. Unlink it first.',
    });
  }
}
