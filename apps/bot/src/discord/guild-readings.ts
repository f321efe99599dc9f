import type { BotEventEnvelope } from '@guildhall/contracts';
import {
  GatewayDispatchEvents,
  type GatewayDispatchPayload,
  type GatewayGuildCreateDispatchData,
  type GatewayGuildDeleteDispatchData,
  type GatewayGuildMembersChunkDispatchData,
} from 'discord.js';
import type { MemberStage } from '../pipeline/member-stage.js';
import type { OutboxChange } from '../pipeline/outbox-change.js';
import type { Outbox } from '../pipeline/outbox.js';
import type { BanLists } from './ban-lists.js';
import type { HistoryImport } from './history-import.js';
import type { MemberLists } from './member-lists.js';

/**
 * Of a guild with more members GUILD_CREATE names few of those who are online.
 * @see https://discord.com/developers/docs/events/gateway-events#guild-create
 */
const MAX_LISTED_PRESENCES = 75_000;

export interface GuildReadingsParts {
  outbox: Outbox;
  memberLists: MemberLists;
  memberStage: MemberStage;
  banLists: BanLists;
  historyImport: HistoryImport;
}

/** Knows what has to be read of a guild when the bot meets it: members, bans, and what was written before. */
export class GuildReadings {
  /** Guilds that Discord lost in an outage; their return is no new meeting. */
  readonly #outages = new Set<string>();

  constructor(private readonly parts: GuildReadingsParts) {}

  /** Notes what a dispatch makes necessary, and says what of it must be committed with its events. */
  after(dispatch: GatewayDispatchPayload, shard: number, events: readonly BotEventEnvelope[]): OutboxChange {
    for (const event of events) this.parts.memberStage.observe(event);
    switch (dispatch.t) {
      case GatewayDispatchEvents.Ready:
        this.parts.memberLists.restarted(shard);
        return {};
      case GatewayDispatchEvents.GuildCreate:
        return this.#met(dispatch.d, shard, events[0]?.type === 'guild_sync');
      case GatewayDispatchEvents.GuildDelete:
        return this.#left(dispatch.d);
      case GatewayDispatchEvents.GuildMembersChunk:
        return this.#stage(dispatch.d, shard, events);
      default:
        return {};
    }
  }

  #met(guild: GatewayGuildCreateDispatchData, shard: number, isKnownToReady: boolean): OutboxChange {
    if (guild.unavailable) return {};
    const { memberLists, memberStage, banLists, historyImport, outbox } = this.parts;
    memberStage.drop(guild.id);
    memberLists.want(shard, guild.id, guild.member_count > MAX_LISTED_PRESENCES);
    banLists.want(guild.id);
    const wish = { guildId: guild.id, isWanted: true };
    const change: OutboxChange = { memberList: wish, banList: wish };
    const isInvited = !isKnownToReady && !this.#outages.delete(guild.id);
    if (!isInvited && outbox.isMessageHistoryImported(guild.id)) return change;
    historyImport.want(guild.id);
    return { ...change, ...(isInvited && { forgottenHistory: guild.id }), messageHistory: wish };
  }

  #left(guild: GatewayGuildDeleteDispatchData): OutboxChange {
    if (guild.unavailable) {
      this.#outages.add(guild.id);
      return {};
    }
    this.parts.memberStage.drop(guild.id);
    const noWish = { guildId: guild.id, isWanted: false };
    return { memberList: noWish, banList: noWish, forgottenHistory: guild.id };
  }

  #stage(
    chunk: GatewayGuildMembersChunkDispatchData,
    shard: number,
    [event]: readonly BotEventEnvelope[],
  ): OutboxChange {
    const isLast = this.parts.memberLists.received(shard, chunk);
    return event ? this.parts.memberStage.take(event, isLast) : {};
  }
}
