import type { Topic } from '@guildhall/contracts';
import { type Emission, mergeNeighbours } from './emissions.rules.js';

/** A busy guild's rooms hear from us at most this often. */
export const FLUSH_INTERVAL_MS = 100;

export function roomOf(guildId: string, topic: Topic): string {
  return `guild:${guildId}:${topic}`;
}

interface EmissionQueue {
  waiting: Emission[];
  timer: NodeJS.Timeout;
}

/**
 * Evens out floods: what comes to a quiet guild is sent at once, what follows within 100 ms is collected and sent together.
 * All topics of a guild share one queue, so that clients hear of everything in its order: a name that changed must not be
 * overtaken by a message that still carries the old one.
 */
export class EmissionQueues {
  private readonly queues = new Map<string, EmissionQueue>();

  constructor(private readonly send: (emission: Emission) => void) {}

  push(emission: Emission): void {
    const { guildId } = emission.payload;
    const queue = this.queues.get(guildId);
    if (queue) {
      queue.waiting.push(emission);
      return;
    }
    this.send(emission);
    this.queues.set(guildId, { waiting: [], timer: this.later(guildId) });
  }

  /** Drops what waits; for the stop of the process, whose clients fetch again at their next connection. */
  clear(): void {
    for (const { timer } of this.queues.values()) clearTimeout(timer);
    this.queues.clear();
  }

  private later(guildId: string): NodeJS.Timeout {
    return setTimeout(() => this.flush(guildId), FLUSH_INTERVAL_MS);
  }

  private flush(guildId: string): void {
    const queue = this.queues.get(guildId);
    if (!queue || queue.waiting.length === 0) {
      this.queues.delete(guildId);
      return;
    }
    this.queues.set(guildId, { waiting: [], timer: this.later(guildId) });
    for (const emission of mergeNeighbours(queue.waiting)) this.send(emission);
  }
}
