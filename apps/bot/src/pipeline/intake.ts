import {
  GatewayDispatchEvents,
  type GatewayDispatchPayload,
  type GatewayGuildCreateDispatchData,
  type GatewayGuildMembersChunkDispatchData,
  type GatewayReadyDispatchData,
} from 'discord.js';
import type { Logger } from 'pino';
import type { HistoryImport } from '../discord/history-import.js';
import type { MemberLists } from '../discord/member-lists.js';
import type { ShardSockets } from '../discord/shard-sockets.js';
import type { Metrics } from '../metrics.js';
import type { Outbox, OutboxChange } from './outbox.js';
import { translate } from './translate/index.js';

export interface IntakeParts {
  outbox: Outbox;
  sockets: ShardSockets;
  memberLists: MemberLists;
  historyImport: HistoryImport;
  metrics: Metrics;
  logger: Logger;
  hasMessageContent: boolean;
}

/** Types of bot events that change what a guild snapshot contains. */
const STRUCTURAL = /^(guild|channel|role)_/;

/** Turns every raw dispatch into a bot event in the outbox, together with the session's new position. */
export class Intake {
  /** Guilds that READY announced and whose GUILD_CREATE is still to come. */
  readonly #announced = new Set<string>();
  /** How far the current session of each shard was received. */
  readonly #received = new Map<number, { sessionId: string; sequence: number }>();

  readonly #structure = new Map<string, number>();

  constructor(private readonly parts: IntakeParts) {}

  /** Grows with every change of a guild's own facts, roles or channels. */
  structureVersion(guildId: string): number {
    return this.#structure.get(guildId) ?? 0;
  }

  /** Takes a dispatch as it came over a shard's connection. */
  receive(dispatch: GatewayDispatchPayload, shard: number): void {
    if (dispatch.t === GatewayDispatchEvents.Ready) {
      const ready: GatewayReadyDispatchData = dispatch.d;
      for (const { id } of ready.guilds) this.#announced.add(id);
      this.parts.memberLists.restarted(shard);
    }
    if (!this.#isRepeated(dispatch, shard)) this.#take(dispatch, shard);
  }

  #take(dispatch: GatewayDispatchPayload, shard: number): void {
    const { outbox, metrics } = this.parts;
    const event = this.#translate(dispatch);
    // Until it is committed, a new session cannot be resumed by another process.
    const change: OutboxChange = { isUrgent: dispatch.t === GatewayDispatchEvents.Ready };
    if (event) {
      change.events = [event];
      metrics.events.inc({ type: event.type });
      if (STRUCTURAL.test(event.type)) this.#structure.set(event.guildId, this.structureVersion(event.guildId) + 1);
    }
    const session = this.#sessionAfter(dispatch, shard);
    if (session) change.session = session;
    const memberList = this.#memberListAfter(dispatch, shard);
    if (memberList) change.memberList = memberList;
    const messageHistory = this.#messageHistoryAfter(dispatch);
    if (messageHistory) change.messageHistory = messageHistory;
    if (event || session || memberList || messageHistory) outbox.append(change);
  }

  #translate(dispatch: GatewayDispatchPayload) {
    const { hasMessageContent, logger, metrics } = this.parts;
    try {
      return translate(dispatch, { hasMessageContent, isInitialGuild: (guildId) => this.#announced.delete(guildId) });
    } catch (error) {
      metrics.refusedEvents.inc({ reason: 'untranslatable' });
      logger.error({ err: error, dispatch: dispatch.t }, 'a dispatch could not be translated');
      return undefined;
    }
  }

  /** After a RESUME Discord repeats what had arrived but was not committed yet. */
  #isRepeated(dispatch: GatewayDispatchPayload, shard: number): boolean {
    const received = this.#received.get(shard);
    return received?.sessionId === this.parts.sockets.sessionId(shard) && dispatch.s <= (received?.sequence ?? 0);
  }

  #sessionAfter(dispatch: GatewayDispatchPayload, shard: number): OutboxChange['session'] {
    const sessionId = this.parts.sockets.sessionId(shard);
    if (sessionId === undefined) return undefined;
    this.#received.set(shard, { sessionId, sequence: dispatch.s });
    return this.parts.sockets.sessionAt(shard, dispatch.s);
  }

  #memberListAfter(dispatch: GatewayDispatchPayload, shard: number): OutboxChange['memberList'] {
    const { memberLists } = this.parts;
    if (dispatch.t === GatewayDispatchEvents.GuildCreate) {
      const guild: GatewayGuildCreateDispatchData = dispatch.d;
      if (guild.unavailable) return undefined;
      memberLists.want(shard, guild.id);
      return { guildId: guild.id, isWanted: true };
    }
    if (dispatch.t === GatewayDispatchEvents.GuildMembersChunk) {
      const chunk: GatewayGuildMembersChunkDispatchData = dispatch.d;
      if (memberLists.received(shard, chunk)) return { guildId: chunk.guild_id, isWanted: false };
    }
    return undefined;
  }

  /** The first time that a guild is met, its past messages are wanted. */
  #messageHistoryAfter(dispatch: GatewayDispatchPayload): OutboxChange['messageHistory'] {
    if (dispatch.t !== GatewayDispatchEvents.GuildCreate) return undefined;
    const guild: GatewayGuildCreateDispatchData = dispatch.d;
    if (guild.unavailable || this.parts.outbox.isMessageHistoryImported(guild.id)) return undefined;
    this.parts.historyImport.want(guild.id);
    return { guildId: guild.id, isWanted: true };
  }
}
