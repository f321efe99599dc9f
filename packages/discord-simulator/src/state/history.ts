import type { MessageRecord } from './model.js';
import { compareSnowflakes } from './snowflake.js';

/** Messages kept per channel; older ones are forgotten, so that a simulator left running does not fill the memory. */
export const MAX_MESSAGES_PER_CHANNEL = 5_000;
/** Trimming moves the whole array, so it happens once per this many messages. */
const TRIM_STEP = 500;

export interface HistoryPage {
  before?: string | undefined;
  after?: string | undefined;
  around?: string | undefined;
  limit: number;
}

/** The messages of one channel, oldest first. */
export class ChannelHistory {
  private readonly messages: MessageRecord[] = [];
  private readonly byId = new Map<string, MessageRecord>();

  get size(): number {
    return this.messages.length;
  }

  get(id: string): MessageRecord | undefined {
    return this.byId.get(id);
  }

  all(): readonly MessageRecord[] {
    return this.messages;
  }

  /** Adds or replaces a message; a message younger than all others, the usual case, costs one push. */
  put(message: MessageRecord): void {
    const existing = this.byId.has(message.id);
    this.byId.set(message.id, message);
    const index = this.firstNotBefore(message.id);
    if (existing) this.messages[index] = message;
    else this.messages.splice(index, 0, message);
    if (this.messages.length > MAX_MESSAGES_PER_CHANNEL + TRIM_STEP) this.trim();
  }

  remove(id: string): MessageRecord | undefined {
    const message = this.byId.get(id);
    if (!message) return undefined;
    this.byId.delete(id);
    this.messages.splice(this.firstNotBefore(id), 1);
    return message;
  }

  /** Youngest first, as Discord answers. @see https://docs.discord.com/developers/resources/message#get-channel-messages */
  page({ before, after, around, limit }: HistoryPage): MessageRecord[] {
    if (around) {
      const middle = this.firstNotBefore(around);
      const start = Math.max(0, middle - Math.floor(limit / 2));
      return this.messages.slice(start, start + limit).reverse();
    }
    if (after) {
      const start = this.firstNotBefore(after) + (this.byId.has(after) ? 1 : 0);
      return this.messages.slice(start, start + limit).reverse();
    }
    const end = before ? this.firstNotBefore(before) : this.messages.length;
    return this.messages.slice(Math.max(0, end - limit), end).reverse();
  }

  private trim(): void {
    for (const message of this.messages.splice(0, TRIM_STEP)) this.byId.delete(message.id);
  }

  private firstNotBefore(id: string): number {
    let low = 0;
    let high = this.messages.length;
    const youngest = this.messages[high - 1];
    if (youngest && compareSnowflakes(youngest.id, id) < 0) return high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const candidate = this.messages[middle];
      if (candidate && compareSnowflakes(candidate.id, id) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
