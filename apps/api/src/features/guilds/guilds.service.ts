import { type Guild, type GuildOverview, modules, nearestLocale, type Snowflake } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import { GuildAccess, type GuildGrant } from '../../platform/access/guild-access.js';
import { Clock } from '../../platform/clock.js';
import { GatewayLink } from '../../platform/gateway-link/gateway-link.js';
import type { Identity } from '../../platform/identity/identity.js';
import type { PageContent } from '../../platform/lists/page.rules.js';
import { DomainError } from '../../platform/problems/domain-error.js';
import { MembersService } from '../members/index.js';
import { MessagesService } from '../messages/index.js';
import { type GuildRow, GuildsRepository } from './guilds.repository.js';

const HOUR_MS = 3_600_000;

@Injectable()
export class GuildsService {
  constructor(
    private readonly guilds: GuildsRepository,
    private readonly access: GuildAccess,
    private readonly members: MembersService,
    private readonly messages: MessagesService,
    private readonly clock: Clock,
    private readonly gatewayLink: GatewayLink,
  ) {}

  /** The guilds in which I may do something, by name. */
  async list(identity: Identity, { page, limit }: { page: number; limit: number }): Promise<PageContent<Guild>> {
    const grants = new Map((await this.access.visibleGuilds(identity)).map((grant) => [grant.guildId, grant]));
    const rows = await this.guilds.findAll([...grants.keys()]);
    const items = rows.slice((page - 1) * limit, page * limit).flatMap((row) => {
      const grant = grants.get(row.id);
      return grant ? [guildOf(row, grant)] : [];
    });
    return { items, total: rows.length };
  }

  /** @throws DomainError `not-found` */
  async get(identity: Identity, guildId: Snowflake): Promise<Guild> {
    const grant = await this.access.grant(identity, guildId);
    return guildOf(await this.find(guildId), grant);
  }

  /** The figures of a guild's first page. @throws DomainError `not-found` */
  async overview(guildId: Snowflake): Promise<GuildOverview> {
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
      sync: { isComplete, syncedMembers: members.present, syncedAt: guild.syncedAt?.toISOString() ?? null },
      isBotConnected: this.gatewayLink.isBotConnected(guild.botId),
    };
  }

  private async find(guildId: Snowflake): Promise<GuildRow> {
    const guild = await this.guilds.find(guildId);
    if (!guild) throw new DomainError('not-found', { detail: 'There is no such guild.' });
    return guild;
  }
}

function guildOf(row: GuildRow, { isOwner, capabilities }: GuildGrant): Guild {
  return {
    id: row.id,
    name: row.name,
    icon: row.icon,
    ownerId: row.ownerId,
    memberCount: memberCountOf(row),
    locale: nearestLocale(row.preferredLocale),
    isActive: row.isActive,
    isOwner,
    capabilities: [...capabilities],
    modules: modules.map(({ id }) => id),
  };
}

/** Until the member list was read as a whole, Discord's own count is nearer to the truth than our rows. */
function memberCountOf({ membersSyncedAt, presentMembers, announcedMemberCount }: GuildRow): number {
  return membersSyncedAt ? presentMembers : announcedMemberCount;
}
