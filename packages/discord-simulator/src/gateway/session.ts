import { GatewayIntentBits as Intent, GatewayOpcodes } from 'discord-api-types/v10';
import type { ApplicationRecord } from '../state/model.js';
import type { Connection } from './connection.js';

/** Dispatches kept for a RESUME; a session further behind has to identify anew. */
const MAX_REPLAY = 50_000;

interface SentDispatch {
  seq: number;
  frame: string;
}

export interface SessionTerms {
  application: ApplicationRecord;
  intents: number;
  shard: readonly [id: number, count: number];
  /** Whether the client named a shard; the whole is shard 0 of 1. */
  isSharded: boolean;
  /** Guilds with more members than this are "large": those offline are sent only on request. */
  largeThreshold: number;
}

/** A Discord Gateway session: it outlives its connections and remembers what it sent until the client has it. */
export class Session {
  connection: Connection | null = null;
  /** Calls off its end, which is near while it has no connection. */
  keepAlive: () => void = () => undefined;
  private seq = 0;
  private sent: SentDispatch[] = [];

  constructor(
    readonly id: string,
    readonly terms: SessionTerms,
  ) {}

  get lastSeq(): number {
    return this.seq;
  }

  /** A bot's user id equals its application id. */
  get botId(): string {
    return this.terms.application.id;
  }

  holds(intentMask: number): boolean {
    return intentMask === 0 || (this.terms.intents & intentMask) !== 0;
  }

  get seesContent(): boolean {
    return this.holds(Intent.MessageContent);
  }

  /** Shard of a guild. @see https://docs.discord.com/developers/events/gateway#sharding */
  coversGuild(guildId: string | null): boolean {
    const [id, count] = this.terms.shard;
    return guildId === null ? id === 0 : Number((BigInt(guildId) >> 22n) % BigInt(count)) === id;
  }

  /** Sends or keeps a dispatch. `json` is the serialised `d`, made once for all sessions with the same view. */
  dispatch(name: string, json: string): void {
    this.seq += 1;
    const frame = `{"t":"${name}","s":${this.seq},"op":${GatewayOpcodes.Dispatch},"d":${json}}`;
    this.sent.push({ seq: this.seq, frame });
    if (this.sent.length > MAX_REPLAY) this.sent = this.sent.slice(-MAX_REPLAY / 2);
    this.connection?.send(frame);
  }

  /** The client has everything up to `seq`: it said so in a heartbeat. */
  acknowledge(seq: number | null): void {
    if (seq === null || this.sent.length === 0) return;
    const first = this.sent[0]?.seq ?? 0;
    if (seq >= first) this.sent.splice(0, seq - first + 1);
  }

  canReplayFrom(seq: number): boolean {
    return seq <= this.seq && seq >= (this.sent[0]?.seq ?? this.seq + 1) - 1;
  }

  framesAfter(seq: number): string[] {
    return this.sent.filter((dispatch) => dispatch.seq > seq).map((dispatch) => dispatch.frame);
  }
}
