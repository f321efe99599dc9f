import type { Member, MemberPatch, MemberTimeout } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import { type APIGuildMember, PermissionFlagsBits } from 'discord-api-types/v10';
import { GuildAccess } from '../../platform/access/guild-access.js';
import type { AuditTarget } from '../../platform/audit/audit-record.js';
import type { ChangeContext } from '../../platform/changes/changes.js';
import { Clock } from '../../platform/clock.js';
import { type ActingCaller, DiscordActions } from '../../platform/discord/discord-actions.js';
import { DiscordRest, type MemberAddress } from '../../platform/discord/discord-rest.js';
import type { MemberChange } from './member-changes.repository.js';
import { MemberCopy } from './member-copy.js';
import { timeoutEnd } from './timeouts.rules.js';

/** What people do to members. Each method throws DomainErrors as GuildAccess and DiscordRest do. */
@Injectable()
export class MemberActionsService {
  constructor(
    private readonly access: GuildAccess,
    private readonly rest: DiscordRest,
    private readonly actions: DiscordActions,
    private readonly copy: MemberCopy,
    private readonly clock: Clock,
  ) {}

  /** Changes a nickname, also one's own. */
  async edit(actor: ActingCaller, address: MemberAddress, { nickname, reason }: MemberPatch): Promise<Member> {
    await this.access.requireAbove(actor.identity, address.guildId, address.userId, { allowsSelf: true });
    return this.actions.make({
      actor,
      guildId: address.guildId,
      permission: PermissionFlagsBits.ManageNicknames,
      reason,
      perform: (auditReason) => this.rest.editMember(address, { nick: nickname }, auditReason),
      keep: async (context, answer) => {
        const kept = await this.keep(context, { address, answer, change: { nickname: answer.nick ?? null } });
        const record = {
          action: 'member.updated' as const,
          target: targetOf(kept.after),
          ...(kept.before && { before: { nickname: kept.before.nickname } }),
          after: { nickname: kept.after.nickname },
        };
        return { result: kept.after, record };
      },
    });
  }

  /** Silences somebody for a time, or ends that. */
  async timeOut(actor: ActingCaller, address: MemberAddress, { reason, ...timeout }: MemberTimeout): Promise<Member> {
    const until = timeoutEnd(timeout, this.clock.now());
    await this.access.requireAbove(actor.identity, address.guildId, address.userId);
    const body = { communication_disabled_until: until?.toISOString() ?? null };
    return this.actions.make({
      actor,
      guildId: address.guildId,
      permission: PermissionFlagsBits.ModerateMembers,
      reason,
      perform: (auditReason) => this.rest.editMember(address, body, auditReason),
      keep: async (context, answer) => {
        const { before, after } = await this.keep(context, {
          address,
          answer,
          change: { timeoutUntil: endOf(answer) },
        });
        const record = {
          action: until ? ('member.timedOut' as const) : ('member.timeoutRemoved' as const),
          target: targetOf(after),
          ...(before && { before: { timeoutUntil: before.timeoutUntil } }),
          after: { timeoutUntil: after.timeoutUntil },
        };
        return { result: after, record };
      },
    });
  }

  /** Removes somebody from the guild. */
  async kick(actor: ActingCaller, address: MemberAddress, reason: string | undefined): Promise<void> {
    await this.access.requireFresh(actor.identity, address.guildId, 'members.kick');
    await this.access.requireAbove(actor.identity, address.guildId, address.userId);
    await this.actions.make({
      actor,
      guildId: address.guildId,
      permission: PermissionFlagsBits.KickMembers,
      reason,
      perform: async (auditReason) => {
        const { user } = await this.rest.member(address);
        await this.rest.kick(address, auditReason);
        return user;
      },
      keep: async (context, { username }) => {
        await this.copy.remove(context, address, this.clock.now());
        const target = { id: address.userId, name: username, discordId: address.userId };
        return { result: undefined, record: { action: 'member.kicked', target } };
      },
    });
  }

  private async keep(
    context: ChangeContext,
    { address, answer, change }: { address: MemberAddress; answer: APIGuildMember; change: MemberChange },
  ): Promise<{ before: Member | null; after: Member }> {
    const changed = await this.copy.change(context, address, change);
    return changed ?? { before: null, after: await this.copy.add(context, address.guildId, answer) };
  }
}

function endOf({ communication_disabled_until: end }: APIGuildMember): Date | null {
  return end ? new Date(end) : null;
}

function targetOf({ user }: Member): AuditTarget {
  return { id: user.id, name: user.username, discordId: user.id };
}
