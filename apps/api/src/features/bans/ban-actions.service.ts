import type { Ban, BanDraft, DiscordUser } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { GuildAccess } from '../../platform/access/guild-access.js';
import type { AuditTarget } from '../../platform/audit/audit-record.js';
import { type ActingCaller, DiscordActions } from '../../platform/discord/discord-actions.js';
import { DiscordRest, type MemberAddress } from '../../platform/discord/discord-rest.js';
import { discordUserOf } from '../../platform/discord/discord-users.rules.js';
import { MemberCopy } from '../members/index.js';
import { BansIngest } from './bans.ingest.js';

/** Bans people and lets them back. Each method throws DomainErrors as GuildAccess and DiscordRest do. */
@Injectable()
export class BanActionsService {
  constructor(
    private readonly access: GuildAccess,
    private readonly rest: DiscordRest,
    private readonly actions: DiscordActions,
    private readonly bans: BansIngest,
    private readonly members: MemberCopy,
  ) {}

  /** Bans somebody, whether they are in the guild or not. */
  async ban(actor: ActingCaller, address: MemberAddress, { deleteMessageSeconds, reason }: BanDraft): Promise<Ban> {
    const { guildId, userId } = address;
    await this.access.requireFresh(actor.identity, guildId, 'bans.write');
    await this.access.requireAbove(actor.identity, guildId, userId);
    const user = discordUserOf(await this.rest.user(userId));
    const askedAt = instantBeforeAsking();
    return this.actions.make({
      actor,
      guildId,
      permission: PermissionFlagsBits.BanMembers,
      reason,
      perform: async (auditReason) => {
        await this.rest.ban(address, deleteMessageSeconds, auditReason);
        return auditReason;
      },
      keep: async (context, shownReason) => {
        const reportedAt = askedAt.toISOString();
        const fact = { guildId, user, isBanned: true, reason: shownReason, isSeen: true, reportedAt };
        await this.bans.report([fact], context);
        await this.members.remove(context, address, askedAt);
        return {
          result: { user, reason: shownReason, bannedAt: reportedAt },
          record: { action: 'member.banned', target: targetOf(user), after: { deleteMessageSeconds } },
        };
      },
    });
  }

  /** Lifts a ban. @throws DomainError `not-found` for somebody who is not banned */
  async lift(actor: ActingCaller, address: MemberAddress, reason: string | undefined): Promise<void> {
    const { guildId, userId } = address;
    await this.access.requireFresh(actor.identity, guildId, 'bans.write');
    const user = discordUserOf(await this.rest.user(userId));
    const reportedAt = instantBeforeAsking().toISOString();
    await this.actions.make({
      actor,
      guildId,
      permission: PermissionFlagsBits.BanMembers,
      reason,
      perform: (auditReason) => this.rest.unban(address, auditReason),
      keep: async (context) => {
        const fact = { guildId, user, isBanned: false, reason: null, isSeen: false, reportedAt };
        await this.bans.report([fact], context);
        return { result: undefined, record: { action: 'member.unbanned', target: targetOf(user) } };
      },
    });
  }
}

/** What Discord tells from now on is newer than its answer. The real time, which the dispatches are compared with. */
function instantBeforeAsking(): Date {
  return new Date();
}

function targetOf({ id, username }: DiscordUser): AuditTarget {
  return { id, name: username, discordId: id };
}
