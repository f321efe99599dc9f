import { EventEmitter } from 'node:events';
import type { SimulatorContext } from '../context.js';
import type { InteractionOutcome } from '../interactions/interactions.js';
import type { Exchange } from '../options.js';
import type { Dispatch } from '../state/dispatch.js';
import type { MessageRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import { ExpectationFailed } from './failure.js';

/** Something that happened, as scenarios look at it. */
export type Happening = { index: number } &
  /** With the message as it then was, where it is about one. */
  (
    | { kind: 'dispatch'; dispatch: Dispatch; message?: MessageRecord | undefined }
    /** An answer that one person alone is shown, written or changed. */
    | { kind: 'ephemeral'; userId: string; authorId: string; message: MessageRecord; isRemoved: boolean }
    | { kind: 'settled'; outcome: InteractionOutcome }
    /** A request that Discord refused. */
    | { kind: 'refusal'; exchange: Exchange }
  );

type New<Kind> = Kind extends { index: number } ? Omit<Kind, 'index'> : never;

/** Happenings that are kept; a scenario looks back no further than to the last action of a person. */
const MAX_KEPT = 5_000;

export interface Wait<Result> {
  /** Looks at what happened from here on. */
  since: number;
  /** Tells whether the wait is over. Called for each happening in its order. */
  find: (happening: Happening) => Result | undefined;
  withinMs: number;
  signal?: AbortSignal | undefined;
  /** The message of the failure. */
  explain: () => string;
}

/** What happens in a simulator, in its order; who waits for something is told by it and looks at no clock but for the deadline. */
export class Journal extends EventEmitter<{ happened: [Happening] }> {
  private readonly kept: Happening[] = [];
  private count = 0;

  constructor(context: SimulatorContext) {
    super();
    this.setMaxListeners(0);
    const { onExchange } = context;
    context.world.on('dispatch', (dispatch) =>
      this.note({ kind: 'dispatch', dispatch, message: messageOf(context.world, dispatch) }),
    );
    context.interactions.on('settled', (outcome) => this.note({ kind: 'settled', outcome }));
    context.interactions.on('ephemeral', ({ interaction, message, isRemoved }) => {
      const { userId, applicationId: authorId } = interaction;
      // The record is changed by later edits.
      this.note({ kind: 'ephemeral', userId, authorId, message: structuredClone(message), isRemoved });
    });
    context.onExchange = (exchange) => {
      onExchange?.(exchange);
      if (exchange.status >= 400) this.note({ kind: 'refusal', exchange });
    };
  }

  /** The index of what happens next. */
  get next(): number {
    return this.count;
  }

  since(index: number): Happening[] {
    return this.kept.filter((it) => it.index >= index);
  }

  /** Resolves with what `find` makes of the first happening that it accepts. @throws ExpectationFailed when none comes in time */
  wait<Result>({ since, find, withinMs, signal, explain }: Wait<Result>): Promise<Result> {
    for (const happening of this.since(since)) {
      const result = find(happening);
      if (result !== undefined) return Promise.resolve(result);
    }
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        this.off('happened', look);
        signal?.removeEventListener('abort', fail);
      };
      const fail = () => {
        end();
        reject(new ExpectationFailed(explain()));
      };
      const look = (happening: Happening) => {
        const result = find(happening);
        if (result === undefined) return;
        end();
        resolve(result);
      };
      // Bots answer in real time, whatever the clock of the simulator does.
      const timer = Number.isFinite(withinMs) ? setTimeout(fail, withinMs) : undefined;
      signal?.addEventListener('abort', fail);
      this.on('happened', look);
    });
  }

  private note(happening: New<Happening>): void {
    const whole = { ...happening, index: this.count } as Happening;
    this.count += 1;
    this.kept.push(whole);
    // Trimming moves the whole array, so it happens once per many.
    if (this.kept.length > 2 * MAX_KEPT) this.kept.splice(0, MAX_KEPT);
    this.emit('happened', whole);
  }
}

/** A copy: the record is changed by later edits. */
function messageOf(world: World, { name, data }: Dispatch): MessageRecord | undefined {
  if (name !== 'MESSAGE_CREATE' && name !== 'MESSAGE_UPDATE') return undefined;
  const { id, channel_id: channelId } = data as { id: string; channel_id: string };
  const message = world.history(channelId).get(id);
  return message && structuredClone(message);
}
