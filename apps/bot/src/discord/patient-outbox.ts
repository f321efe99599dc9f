import { setTimeout as wait } from 'node:timers/promises';
import type { Metrics } from '../metrics.js';
import type { OutboxChange } from '../pipeline/outbox-change.js';
import type { Outbox } from '../pipeline/outbox.js';
import { envelop } from '../pipeline/translate/index.js';
import type { Translation } from '../pipeline/translate/translation.js';

/** While so many events wait for the API, what is read waits too: the outbox keeps its room for what happens now. */
const MAX_WAITING_EVENTS = 1_000;
const FULL_RETRY_DELAY_MS = 1_000;

/** Writes what was read from Discord into the outbox, when there is room. @throws AbortError when the signal fires */
export async function appendWithRoom(
  { outbox, metrics }: { outbox: Outbox; metrics: Metrics },
  translation: Translation,
  { signal, ...change }: OutboxChange & { signal: AbortSignal },
): Promise<void> {
  while (outbox.depth >= MAX_WAITING_EVENTS) await wait(FULL_RETRY_DELAY_MS, undefined, { signal });
  signal.throwIfAborted();
  const event = envelop(translation);
  outbox.append({ events: [event], ...change });
  metrics.events.inc({ type: event.type });
}
