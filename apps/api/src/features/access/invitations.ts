import { type AcceptedInvitation, CAPABILITIES, type Capability, type InvitationPreview } from '@guildhall/contracts';
import type { Transaction } from '@guildhall/database';
import { Injectable } from '@nestjs/common';
import { GuildAccess } from '../../platform/access/guild-access.js';
import type { ChangeContext } from '../../platform/changes/changes.js';
import { Clock } from '../../platform/clock.js';
import type { Actor } from '../../platform/identity/actor.js';
import { DomainError } from '../../platform/problems/domain-error.js';
import { stillGivable } from './grants.rules.js';
import { InvitationsRepository, type OpenInvitation } from './invitations.repository.js';
import { hashOf } from './invitations.rules.js';
import { shownInvitation } from './invitations.service.js';
import { PeopleRepository } from './people.repository.js';

/** Who accepts an invitation. */
export interface Acceptance {
  accountId: string;
  actor: Actor;
}

/**
 * Invitations as those see them who hold a link. The link is the proof: it was mailed to the address, and any account may
 * accept it, once, as people often have another address here than the one they were invited by.
 */
@Injectable()
export class Invitations {
  constructor(
    private readonly invitations: InvitationsRepository,
    private readonly people: PeopleRepository,
    private readonly access: GuildAccess,
    private readonly clock: Clock,
  ) {}

  /** What the link leads to. @throws DomainError `link-invalid` */
  async preview(token: string): Promise<InvitationPreview> {
    const open = await this.invitations.findOpen(hashOf(token), this.clock.now());
    if (!open) throw invalidLink();
    const { invitation, guild } = open;
    const capabilities = await this.offered(open);
    return {
      guildId: guild.id,
      guildName: guild.name,
      guildIcon: guild.icon,
      email: invitation.email,
      inviterName: invitation.invitedBy?.displayName ?? guild.name,
      capabilities,
      expiresAt: invitation.expiresAt.toISOString(),
    };
  }

  /**
   * Lets an account take part in the guild, in a change that the caller makes: the link is used up when that is committed. It
   * gives no more than its sender still holds; nobody accepts an invitation of their own.
   * @throws DomainError `link-invalid`, `conflict`
   */
  async accept(context: ChangeContext, token: string, { accountId, actor }: Acceptance): Promise<AcceptedInvitation> {
    const { transaction, audit, publish } = context;
    const now = this.clock.now();
    const open = await this.invitations.consume(transaction, hashOf(token), now);
    if (!open) throw invalidLink();
    const { invitation, sender, guild } = open;
    if (sender?.accountId === accountId) {
      throw new DomainError('conflict', { detail: 'This is your own invitation. Send it to somebody else.' });
    }
    const known = await this.people.lock(transaction, guild.id, accountId);
    const capabilities = union(known?.capabilities ?? [], await this.offered(open, transaction));
    await this.people.write(transaction, { guildId: guild.id, accountId }, capabilities);
    audit({
      action: 'access.invitationAccepted',
      guildId: guild.id,
      actor,
      target: { id: invitation.id, name: invitation.email, accountId },
      ...(known && { before: { capabilities: known.capabilities } }),
      after: { capabilities },
    });
    publish({ name: 'invitation.updated', guildId: guild.id, item: shownInvitation(invitation, now) });
    publish({ name: 'access.updated', guildId: guild.id, item: { id: accountId, of: 'person' } });
    return { guildId: guild.id, capabilities };
  }

  /** What an invitation still gives. @throws DomainError `link-invalid` when that is nothing */
  private async offered(
    { invitation, sender, guild }: OpenInvitation,
    transaction?: Transaction,
  ): Promise<Capability[]> {
    const grant = sender && (await this.access.grantOfPerson(sender, guild.id, transaction));
    const capabilities = stillGivable(invitation.capabilities, grant);
    if (capabilities.length === 0) throw invalidLink();
    return capabilities;
  }
}

function union(one: readonly Capability[], other: readonly Capability[]): Capability[] {
  return CAPABILITIES.filter((capability) => one.includes(capability) || other.includes(capability));
}

function invalidLink(): DomainError {
  return new DomainError('link-invalid');
}
