import type { Member, MemberListQuery, Snowflake } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import type { PageContent } from '../../platform/lists/page.rules.js';
import { DomainError } from '../../platform/problems/domain-error.js';
import { MembersRepository } from './members.repository.js';

const LATEST_JOINS = 8;

export interface MemberFigures {
  present: number;
  joins: number;
  latestJoins: Member[];
}

@Injectable()
export class MembersService {
  constructor(private readonly members: MembersRepository) {}

  async list(guildId: Snowflake, query: MemberListQuery): Promise<PageContent<Member>> {
    return this.members.findPage(guildId, query);
  }

  /** @throws DomainError `not-found` for somebody who is not in the guild */
  async get(guildId: Snowflake, userId: Snowflake): Promise<Member> {
    const member = await this.members.find(guildId, userId);
    if (!member) throw new DomainError('not-found', { detail: 'Nobody with this id is a member of the guild.' });
    return member;
  }

  /** Who is there, and who came after `since`. */
  async figures(guildId: Snowflake, since: Date): Promise<MemberFigures> {
    const [present, joins, latestJoins] = await Promise.all([
      this.members.countPresent(guildId),
      this.members.countJoinsSince(guildId, since),
      this.members.latestJoins(guildId, LATEST_JOINS),
    ]);
    return { present, joins, latestJoins };
  }
}
