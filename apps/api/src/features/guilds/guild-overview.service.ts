import type { GuildOverview, Snowflake } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { GatewayLink } from '../../platform/gateway-link/gateway-link.js';
import { DomainError } from '../../platform/problems/domain-error.js';
import { MembersService } from '../members/index.js';
import { MessagesService } from '../messages/index.js';
import { memberCountOf } from './guild-counts.rules.js';
import { type GuildRow, GuildsRepository } from './guilds.repository.js';

const HOUR_MS = 3_600_000;

@Injectable()
export class GuildOverviewService {
  constructor(
    private readonly guilds: GuildsRepository,
    private readonly members: MembersService,
    private readonly messages: MessagesService,
    private readonly clock: Clock,
    private readonly gatewayLink: GatewayLink,
  ) {}

  /** The figures of a guild's first page. @throws DomainError `not-found` */
  async figures(guildId: Snowflake): Promise<GuildOverview> {
    const hoursAgo = (hours: number): Date => new Date(this.clock.now().getTime() - hours * HOUR_MS);
    const [guild, parts, members, messagesLast24Hours, messagesLast7Days] = await Promise.all([
      this.find(guildId),
      this.guilds.countParts(guildId),
      this.members.figures(guildId, hoursAgo(7 * 24)),
      this.messages.countSince(guildId, hoursAgo(24)),
      this.messages.countSince(guildId, hoursAgo(7 * 24)),
    ]);
    const isComplete = guild.syncedAt !== null && guild.membersSyncedAt !== null;
    return {
      ...parts,
      memberCount: memberCountOf(guild),
      messagesLast24Hours,
      messagesLast7Days,
      joinsLast7Days: members.joins,
      latestJoins: members.latestJoins,
      sync: {
        isComplete,
        syncedMembers: members.present,
        expectedMembers: guild.announcedMemberCount,
        syncedAt: guild.syncedAt?.toISOString() ?? null,
      },
      isBotConnected: this.gatewayLink.isBotConnected(guild.botId),
    };
  }

  private async find(guildId: Snowflake): Promise<GuildRow> {
    const guild = await this.guilds.find(guildId);
    if (!guild) throw new DomainError('not-found', { detail: 'There is no such guild.' });
    return guild;
  }
}
