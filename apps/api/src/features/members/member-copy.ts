import type { Member, Snowflake } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import type { APIGuildMember } from 'discord-api-types/v10';
import type { ChangeContext } from '../../platform/changes/changes.js';
import type { MemberAddress } from '../../platform/discord/discord-rest.js';
import { memberOfDiscord } from './discord-member.rules.js';
import { DiscordUsersRepository } from './discord-users.repository.js';
import { type MemberChange, MemberChangesRepository } from './member-changes.repository.js';
import { MembersIngestRepository } from './members-ingest.repository.js';

type Context = Pick<ChangeContext, 'transaction' | 'publish'>;

/** Our copy of members, brought to what Discord answered before the dispatch tells it. */
@Injectable()
export class MemberCopy {
  constructor(
    private readonly changes: MemberChangesRepository,
    private readonly members: MembersIngestRepository,
    private readonly users: DiscordUsersRepository,
  ) {}

  /** @returns the member before and after; null for somebody whose arrival has not reached us */
  async change(context: Context, address: MemberAddress, change: MemberChange) {
    const changed = await this.changes.change(context.transaction, address, change);
    if (changed) context.publish({ name: 'member.updated', guildId: address.guildId, item: changed.after });
    return changed;
  }

  /** Adds somebody whose arrival has not reached us. */
  async add({ transaction, publish }: Context, guildId: Snowflake, answer: APIGuildMember): Promise<Member> {
    const member = memberOfDiscord(answer);
    await this.users.refresh(transaction, [member.user]);
    await this.members.upsert(transaction, [{ guildId, member }]);
    publish({ name: 'member.joined', guildId, item: member });
    return member;
  }

  /** Notes that somebody is gone. */
  async remove({ transaction, publish }: Context, { guildId, userId }: MemberAddress, leftAt: Date): Promise<void> {
    const left = await this.members.leave(transaction, [{ guildId, userId, leftAt: leftAt.toISOString() }]);
    if (left.size > 0) publish({ name: 'member.left', guildId, item: { id: userId } });
  }
}
