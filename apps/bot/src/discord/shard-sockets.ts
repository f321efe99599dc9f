import { createHash } from 'node:crypto';
import {
  GatewayDispatchEvents,
  SimpleShardingStrategy,
  type GatewayDispatchPayload,
  type GatewaySendPayload,
  type IShardingStrategy,
  type SessionInfo,
} from 'discord.js';
import type { Outbox } from '../pipeline/outbox.js';

/** Any code but 1000 and 1001 lets Discord keep the session for a later RESUME. */
const CLOSE_AND_KEEP_SESSION = 4200;

/** The manager of `@discordjs/ws`, whose name discord.js gives to a class of its own. */
type SocketManager = ConstructorParameters<typeof SimpleShardingStrategy>[0];

interface ShardDispatch {
  data: GatewayDispatchPayload;
  shardId: number;
}

interface StoredSession extends SessionInfo {
  fingerprint: string;
}

/**
 * The shards' connections to Discord, whose sessions outlive the process: their position is committed to the outbox with
 * the events, and the next process resumes from there, so that Discord replays whatever was not committed.
 * @see https://discord.com/developers/docs/events/gateway#resuming
 */
export class ShardSockets {
  readonly #stored: Map<number, SessionInfo>;
  readonly #live = new Map<number, SessionInfo | null>();
  readonly #awaitingReady = new Set<number>();
  readonly #fingerprint: string;
  #manager: SocketManager | undefined;
  #isLeaving = false;

  constructor(
    private readonly outbox: Outbox,
    identity: { token: string; apiUrl: string },
  ) {
    // A session of another bot, or of another Discord, must not be resumed.
    this.#fingerprint = createHash('sha256').update(`${identity.token}\n${identity.apiUrl}`).digest('hex');
    this.#stored = this.#readStored();
  }

  /** For discord.js' option `ws.buildStrategy`, which is where its socket manager can be had. */
  buildStrategy(manager: SocketManager): IShardingStrategy {
    this.#manager = manager;
    const { retrieveSessionInfo, updateSessionInfo } = manager.options;
    manager.options.retrieveSessionInfo = async (shard) => {
      const current = await retrieveSessionInfo(shard);
      if (current) return { ...current, sequence: this.#committedSequence(shard, current) };
      const stored = this.#stored.get(shard);
      this.#stored.delete(shard);
      if (!stored) return null;
      this.#live.set(shard, stored);
      await updateSessionInfo(shard, stored);
      return stored;
    };
    manager.options.updateSessionInfo = async (shard, info) => {
      if (this.#isLeaving) return;
      if (info && info.sessionId !== this.#live.get(shard)?.sessionId) this.#awaitingReady.add(shard);
      this.#live.set(shard, info);
      await updateSessionInfo(shard, info);
      if (info === null) this.outbox.append({ session: { shard, info: null } });
    };
    this.#putReadyFirst(manager);
    return new SimpleShardingStrategy(manager);
  }

  /** The shard's current session; undefined while there is none. */
  sessionId(shard: number): string | undefined {
    return this.#live.get(shard)?.sessionId;
  }

  /** What to commit with the dispatch of this sequence; undefined while there is no session. */
  sessionAt(shard: number, sequence: number): { shard: number; info: StoredSession } | undefined {
    const live = this.#live.get(shard);
    return live ? { shard, info: { ...live, sequence, fingerprint: this.#fingerprint } } : undefined;
  }

  /** Sends a payload over a shard's connection, within Discord's limit of 120 a minute. */
  async send(shard: number, payload: GatewaySendPayload): Promise<void> {
    await this.#manager?.send(shard, payload);
  }

  /** Closes the connections in such a way that the next process can resume their sessions. */
  async leave(): Promise<void> {
    this.#isLeaving = true;
    await this.#manager?.destroy({ code: CLOSE_AND_KEEP_SESSION, reason: 'The bot stops' });
  }

  /**
   * READY takes `@discordjs/ws` a little longer than what follows it, so that the guilds of a fast Discord overtake it and
   * discord.js calls itself ready before it knows who it is. Here they wait for it.
   */
  #putReadyFirst(manager: SocketManager): void {
    const held = new Map<number, object[]>();
    const emit = manager.emit.bind(manager) as (event: string, payload: object) => boolean;
    const emitInOrder = (event: string, payload: ShardDispatch): boolean => {
      if (event !== 'dispatch') return emit(event, payload);
      const { data, shardId } = payload;
      if (data.t === GatewayDispatchEvents.Ready) {
        this.#awaitingReady.delete(shardId);
        emit(event, payload);
        for (const overtaking of held.get(shardId) ?? []) emit(event, overtaking);
        return held.delete(shardId);
      }
      if (!this.#awaitingReady.has(shardId)) return emit(event, payload);
      held.set(shardId, [...(held.get(shardId) ?? []), payload]);
      return true;
    };
    // Safe: the manager's own code calls it with an event's name and one payload.
    manager.emit = emitInOrder as unknown as SocketManager['emit'];
  }

  /**
   * Discord is told, by heartbeats and RESUME, of what is committed and no more: it may forget what it was told of. What
   * it then repeats, the intake knows already.
   */
  #committedSequence(shard: number, current: SessionInfo): number {
    const committed = this.#committed(shard);
    return committed?.sessionId === current.sessionId ? committed.sequence : 0;
  }

  #committed(shard: number): StoredSession | undefined {
    // Safe: only what `sessionAt` makes is committed.
    return this.outbox.sessions.get(shard) as StoredSession | undefined;
  }

  #readStored(): Map<number, SessionInfo> {
    const sessions = new Map<number, SessionInfo>();
    for (const shard of this.outbox.sessions.keys()) {
      const stored = this.#committed(shard);
      if (stored?.fingerprint === this.#fingerprint) sessions.set(shard, stored);
    }
    return sessions;
  }
}
