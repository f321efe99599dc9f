import { GatewayOpcodes, type GatewayGuildMembersChunkDispatchData, type GatewaySendPayload } from 'discord.js';
import type { Logger } from 'pino';
import { isWholeListNonce, wholeListNonce } from '../pipeline/translate/members.js';

/** After so long without a chunk the request is taken for lost and made again. */
const CHUNK_TIMEOUT_MS = 60_000;

interface ListInProgress {
  guildId: string;
  nonce: string;
  missing: Set<number> | undefined;
  timer: NodeJS.Timeout;
}

interface ShardQueue {
  /** Guilds, and whether who is online is asked for too. */
  waiting: Map<string, boolean>;
  current: ListInProgress | undefined;
}

export interface MemberListsOptions {
  send: (shard: number, payload: GatewaySendPayload) => Promise<void>;
  logger: Logger;
  chunkTimeoutMs?: number;
}

/**
 * Asks Discord for whole member lists, one guild at a time per shard.
 * @see https://discord.com/developers/docs/events/gateway-events#request-guild-members
 */
export class MemberLists {
  readonly #shards = new Map<number, ShardQueue>();

  constructor(private readonly options: MemberListsOptions) {}

  /**
   * Queues a guild's list; a list that waits already is read once.
   * @param withPresences whether to ask who is online, too; Discord says so with the privileged intent only
   */
  want(shard: number, guildId: string, withPresences = false): void {
    const queue = this.#queue(shard);
    queue.waiting.set(guildId, withPresences);
    if (!queue.current) this.#next(shard, queue);
  }

  /** Whether this chunk completes the list of its guild. */
  received(shard: number, chunk: GatewayGuildMembersChunkDispatchData): boolean {
    const queue = this.#queue(shard);
    const { current } = queue;
    if (!current || current.nonce !== chunk.nonce || !isWholeListNonce(current.nonce)) return false;
    current.missing ??= new Set(Array.from({ length: chunk.chunk_count }, (_, index) => index));
    current.missing.delete(chunk.chunk_index);
    current.timer.refresh();
    if (current.missing.size > 0) return false;
    clearTimeout(current.timer);
    queue.current = undefined;
    this.#next(shard, queue);
    return true;
  }

  /** The shard has a new session, which knows nothing of earlier requests; every guild will be wanted anew. */
  restarted(shard: number): void {
    const queue = this.#shards.get(shard);
    if (!queue) return;
    clearTimeout(queue.current?.timer);
    this.#shards.delete(shard);
  }

  stop(): void {
    for (const shard of [...this.#shards.keys()]) this.restarted(shard);
  }

  #queue(shard: number): ShardQueue {
    let queue = this.#shards.get(shard);
    if (!queue) {
      queue = { waiting: new Map(), current: undefined };
      this.#shards.set(shard, queue);
    }
    return queue;
  }

  #next(shard: number, queue: ShardQueue): void {
    const [next] = queue.waiting;
    if (next === undefined) return;
    const [guildId, withPresences] = next;
    queue.waiting.delete(guildId);
    const nonce = wholeListNonce();
    const timer = setTimeout(() => {
      this.options.logger.warn({ guildId }, 'a member list did not arrive; asking again');
      queue.current = undefined;
      queue.waiting.set(guildId, withPresences);
      this.#next(shard, queue);
    }, this.options.chunkTimeoutMs ?? CHUNK_TIMEOUT_MS);
    queue.current = { guildId, nonce, missing: undefined, timer };
    const request = {
      op: GatewayOpcodes.RequestGuildMembers,
      d: { guild_id: guildId, query: '', limit: 0, presences: withPresences, nonce },
    } as const;
    this.options.send(shard, request).catch((error: unknown) => {
      this.options.logger.warn({ err: error, guildId }, 'a member list could not be asked for yet');
    });
  }
}
