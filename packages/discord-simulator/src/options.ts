import type { InteractionTimings } from './interactions/interactions.js';
import type { Logger } from './logger.js';
import type { ApplicationRecord } from './state/model.js';

export type ApplicationOptions = ApplicationRecord;

/** A request to the REST API and its answer. */
export interface Exchange {
  method: string;
  /** Without the prefix of the version and without the query. */
  path: string;
  /** The JSON that was sent, also beside uploads. */
  sent: unknown;
  status: number;
  /** The JSON of the answer; undefined where there is none. */
  answer: unknown;
}

export interface SimulatorOptions {
  /** 0 takes a free port. */
  port: number;
  host?: string;
  /** Folder of the stored state; without it the simulator remembers nothing. */
  dataDir?: string;
  /** Folder of the mails that the mailbox shows, one JSON file each; without it the mailbox stays empty. */
  mailDir?: string | undefined;
  /** Forget the stored state first. */
  reset?: boolean;
  seed: 'demo' | 'empty';
  /** Whether the people of the demo guilds talk by themselves. */
  activity: boolean;
  application?: ApplicationOptions;
  /** The clock stands still at this moment and moves by `control.advance` alone; without it, it is the machine's. */
  startAt?: Date;
  /** Tokens, codes and session ids are the same in every run with this seed; without it they are cryptographic. */
  randomSeed?: string | number;
  heartbeatIntervalMs?: number;
  /** Discord's limits, or none for load tests. */
  rateLimits?: 'discord' | 'off';
  interactionTimings?: Partial<InteractionTimings>;
  logger?: Logger;
  /** Told of every request to the REST API that was answered. */
  onExchange?: ((exchange: Exchange) => void) | undefined;
}

/** The application of the demo, where nobody names another. Its secrets protect nothing: anyone on the machine may be anyone here. */
export const demoApplication: ApplicationOptions = {
  id: '1090000000000000001',
  name: 'Guildhall',
  botToken: 'MTA5MDAwMDAwMDAwMDAwMDAwMQ.simulator.demo-bot-token',
  clientSecret: 'simulator-demo-client-secret',
  redirectUris: ['http://localhost:3000/api/auth/discord/callback'],
  privilegedIntents: { members: true, presence: true, messageContent: true },
};

/** Discord's own value. @see https://docs.discord.com/developers/events/gateway#sending-heartbeats */
export const DEFAULT_HEARTBEAT_INTERVAL_MS = 41_250;
