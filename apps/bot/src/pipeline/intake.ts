import type { BotEventEnvelope } from '@guildhall/contracts';
import {
  GatewayDispatchEvents,
  type GatewayDispatchPayload,
  type GatewayGuildCreateDispatchData,
  type GatewayGuildDeleteDispatchData,
  type GatewayGuildMembersChunkDispatchData,
  type GatewayPresenceUpdateDispatchData,
  type GatewayReadyDispatchData,
} from 'discord.js';
import type { Logger } from 'pino';
import type { GuildReadings } from '../discord/guild-readings.js';
import type { ShardSockets } from '../discord/shard-sockets.js';
import type { Metrics } from '../metrics.js';
import type { OutboxChange } from './outbox-change.js';
import type { Outbox } from './outbox.js';
import type { PresenceChanges } from './presence-changes.js';
import { translate } from './translate/index.js';
import type { MessageContext } from './translate/translation.js';

export interface IntakeParts extends MessageContext {
  outbox: Outbox;
  sockets: ShardSockets;
  presences: PresenceChanges;
  readings: Pick<GuildReadings, 'after'>;
  metrics: Metrics;
  logger: Logger;
}

/** Types of bot events that change what a guild snapshot contains. */
const STRUCTURAL = /^(guild|channel|thread|role)_/;

/** Turns every raw dispatch into bot events in the outbox, together with the session's new position. */
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
    }
    if (!this.#isRepeated(dispatch, shard)) this.#take(dispatch, shard);
  }

  #take(dispatch: GatewayDispatchPayload, shard: number): void {
    const { outbox, metrics, readings } = this.parts;
    const events = this.#translate(dispatch);
    for (const event of events) {
      metrics.events.inc({ type: event.type });
      if (STRUCTURAL.test(event.type)) this.#structure.set(event.guildId, this.structureVersion(event.guildId) + 1);
    }
    this.#takePresences(dispatch);
    // Until it is committed, a new session cannot be resumed by another process.
    const change = { isUrgent: dispatch.t === GatewayDispatchEvents.Ready, ...readings.after(dispatch, shard, events) };
    const session = this.#sessionAfter(dispatch, shard);
    if (session) change.session = session;
    // A part of a member list is staged, and enters its lane later.
    if (!change.staged && events.length > 0) change.events = events;
    if (Object.keys(change).length > 1) outbox.append(change);
  }

  #translate(dispatch: GatewayDispatchPayload): BotEventEnvelope[] {
    const { hasMessageContent, messageContentOf, logger, metrics } = this.parts;
    try {
      const isInitialGuild = (guildId: string): boolean => this.#announced.delete(guildId);
      return translate(dispatch, { hasMessageContent, messageContentOf, isInitialGuild });
    } catch (error) {
      metrics.refusedEvents.inc({ reason: 'untranslatable' });
      logger.error({ err: error, dispatch: dispatch.t }, 'a dispatch could not be translated');
      return [];
    }
  }

  #takePresences(dispatch: GatewayDispatchPayload): void {
    const { presences } = this.parts;
    if (dispatch.t === GatewayDispatchEvents.PresenceUpdate) {
      const presence: GatewayPresenceUpdateDispatchData = dispatch.d;
      presences.take(presence.guild_id, presence);
    } else if (dispatch.t === GatewayDispatchEvents.GuildCreate) {
      const guild: GatewayGuildCreateDispatchData = dispatch.d;
      if (!guild.unavailable) presences.listed(guild.id, guild.presences);
    } else if (dispatch.t === GatewayDispatchEvents.GuildMembersChunk) {
      // Of a guild of more than 75,000 members GUILD_CREATE does not name everybody who is online.
      const chunk: GatewayGuildMembersChunkDispatchData = dispatch.d;
      for (const presence of chunk.presences ?? []) presences.take(chunk.guild_id, presence);
    } else if (dispatch.t === GatewayDispatchEvents.GuildDelete) {
      const guild: GatewayGuildDeleteDispatchData = dispatch.d;
      presences.forget(guild.id);
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
}
