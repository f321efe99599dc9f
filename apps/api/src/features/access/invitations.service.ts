import type { CreateInvitation, Invitation, InvitationQuery, Snowflake } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import { GuildAccess } from '../../platform/access/guild-access.js';
import { type ChangeContext, Changes } from '../../platform/changes/changes.js';
import { Clock } from '../../platform/clock.js';
import type { Acting } from '../../platform/identity/actor.js';
import type { Identity } from '../../platform/identity/identity.js';
import { newId } from '../../platform/ids.js';
import type { PageContent } from '../../platform/lists/page.rules.js';
import { DomainError } from '../../platform/problems/domain-error.js';
import { requireMayChange } from './grants.rules.js';
import { InvitationMails } from './invitation-mails.js';
import { type InvitationRow, InvitationsRepository } from './invitations.repository.js';
import { expiryOf, hashOf, newToken, stateOf } from './invitations.rules.js';

/** Invitations as those see them who send them. */
@Injectable()
export class InvitationsService {
  constructor(
    private readonly invitations: InvitationsRepository,
    private readonly access: GuildAccess,
    private readonly changes: Changes,
    private readonly mails: InvitationMails,
    private readonly clock: Clock,
  ) {}

  async list(guildId: Snowflake, query: InvitationQuery): Promise<PageContent<Invitation>> {
    const now = this.clock.now();
    const { items, total } = await this.invitations.findPage(guildId, query, now);
    return { items: items.map((row) => shownInvitation(row, now)), total };
  }

  /**
   * Invites an address, within what the sender may do. An invitation that it has not answered is replaced.
   * @throws DomainError `owner-only`, `missing-capability`, `not-found`, `discord-unavailable`
   */
  async create(guildId: Snowflake, actor: Acting, { email, capabilities }: CreateInvitation): Promise<Invitation> {
    const sender = senderOf(actor.identity);
    const grant = await this.access.requireFresh(actor.identity, guildId, 'access.manage');
    requireMayChange(grant, { before: [], after: capabilities });
    const now = this.clock.now();
    const invitation = { id: newId(), email, capabilities, createdAt: now, expiresAt: expiryOf(now) };
    const locale = await this.mails.localeFor(guildId);
    return this.changes.make(async (context) => {
      const { transaction, audit, publish } = context;
      const guild = await this.invitations.lockGuild(transaction, guildId);
      if (!guild) throw new DomainError('not-found');
      await this.replace(context, { guildId, email, now });
      const token = newToken();
      const row = await this.invitations.add(transaction, {
        ...invitation,
        guildId,
        invitedBy: sender,
        hash: hashOf(token),
      });
      const inviterName = row.invitedBy?.displayName ?? guild.name;
      await this.mails.queue(transaction, { email, token, locale, guildName: guild.name, inviterName });
      const target = { id: row.id, name: email };
      audit({ action: 'access.invited', guildId, actor, target, after: { capabilities } });
      const shown = shownInvitation(row, now);
      publish({ name: 'invitation.created', guildId, item: shown });
      return shown;
    });
  }

  /**
   * Takes an invitation back; one that was taken back already stays so.
   * @throws DomainError `conflict` for one that was accepted, `owner-only`, `not-found`, `discord-unavailable`
   */
  async revoke(guildId: Snowflake, id: string, actor: Acting): Promise<void> {
    const grant = await this.access.requireFresh(actor.identity, guildId, 'access.manage');
    const now = this.clock.now();
    await this.changes.make(async (context) => {
      const row = await this.invitations.lock(context.transaction, guildId, id);
      if (!row) throw new DomainError('not-found', { detail: 'There is no such invitation.' });
      if (row.acceptedAt) throw new DomainError('conflict', { detail: 'This invitation was accepted already.' });
      if (row.revokedAt) return;
      requireMayChange(grant, { before: row.capabilities, after: [] });
      await this.takeBack(context, { guildId, row, now });
      context.audit({
        action: 'access.invitationRevoked',
        guildId,
        actor,
        target: { id, name: row.email },
        before: { capabilities: row.capabilities },
      });
    });
  }

  private async replace(
    context: ChangeContext,
    { guildId, email, now }: { guildId: Snowflake; email: string; now: Date },
  ): Promise<void> {
    const row = await this.invitations.findPending(context.transaction, guildId, email);
    if (row) await this.takeBack(context, { guildId, row, now });
  }

  private async takeBack(
    { transaction, publish }: ChangeContext,
    { guildId, row, now }: { guildId: Snowflake; row: InvitationRow; now: Date },
  ): Promise<void> {
    await this.invitations.revoke(transaction, row.id, now);
    publish({ name: 'invitation.updated', guildId, item: shownInvitation({ ...row, revokedAt: now }, now) });
  }
}

/** An invitation as it is shown; never its link. */
export function shownInvitation(row: InvitationRow, now: Date): Invitation {
  const { id, email, capabilities, invitedBy, createdAt, expiresAt } = row;
  return {
    id,
    email,
    capabilities,
    state: stateOf(row, now),
    invitedBy,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}

/** The account that stands for an invitation: what it gives is bounded by what this account still holds. */
function senderOf(identity: Identity): string {
  const accountId = identity.kind === 'account' ? identity.accountId : createdBy(identity);
  if (accountId !== null) return accountId;
  throw new DomainError('missing-capability', { detail: 'An invitation needs an account that stands for it.' });
}

function createdBy(identity: Exclude<Identity, { kind: 'account' }>): string | null {
  return identity.kind === 'apiKey' ? (identity.createdBy?.accountId ?? null) : null;
}
