import type { BotEvent, BotEventType } from '@guildhall/contracts';
import type { Transaction } from '@guildhall/database';
import { Injectable } from '@nestjs/common';
import type { RealtimeChange } from '../realtime/realtime-change.js';

export interface IngestContext {
  transaction: Transaction;
  botId: string;
  /** Collects a change for publication after the commit. */
  publish(change: RealtimeChange): void;
}

/**
 * Stores a run of events of one type, in order. Called inside the batch's transaction, possibly again with the same events
 * after a failure; facts are therefore merged by snowflake.
 */
export type BotEventHandler<T extends BotEventType> = (events: BotEvent<T>[], context: IngestContext) => Promise<void>;

/** Features register what they do with the bot's events here; one handler a type. */
@Injectable()
export class BotEventHandlers {
  private readonly handlers = new Map<BotEventType, BotEventHandler<never>>();

  register<T extends BotEventType>(type: T, handler: BotEventHandler<T>): void {
    if (this.handlers.has(type)) throw new Error(`bot event ${type} has two handlers`);
    this.handlers.set(type, handler as BotEventHandler<never>);
  }

  /** The handler of a type; null where the type's feature is not installed. */
  find<T extends BotEventType>(type: T): BotEventHandler<T> | null {
    // `register` is the only writer and pairs each type with its own handler.
    return (this.handlers.get(type) as unknown as BotEventHandler<T> | undefined) ?? null;
  }
}
