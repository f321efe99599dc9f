import {
  type Batch,
  type BotEvent,
  type BotEventEnvelope,
  type BotEventType,
  botEventDataSchemas,
  botEventEnvelopeSchema,
} from '@guildhall/contracts';
import { z } from 'zod';

/** An event with its place in the lane, and as it was sent. */
export interface SequencedEvent<T extends BotEventType = BotEventType> {
  seq: number;
  body: unknown;
  event: BotEvent<T>;
}

/** An event that is not stored, and why; an operator sees it. */
export interface RefusedEvent {
  seq: number;
  body: unknown;
  reason: string;
}

/** Consecutive events of one type, stored together. */
export interface EventRun<T extends BotEventType = BotEventType> {
  type: T;
  events: SequencedEvent<T>[];
}

export interface BatchReading {
  runs: EventRun[];
  refused: RefusedEvent[];
}

/** Checks every event of a batch and sorts the good ones into runs of one type, keeping their order. */
export function readBatch(batch: Pick<Batch, 'first' | 'events'>): BatchReading {
  const reading: BatchReading = { runs: [], refused: [] };
  for (const [index, body] of batch.events.entries()) {
    const seq = batch.first + index;
    const read = readEvent(body);
    if ('reason' in read) reading.refused.push({ seq, body, reason: read.reason });
    else appendToRuns(reading.runs, { seq, body, event: read });
  }
  return reading;
}

function appendToRuns(runs: EventRun[], entry: SequencedEvent): void {
  const current = runs.at(-1);
  if (current?.type === entry.event.type) current.events.push(entry);
  else runs.push({ type: entry.event.type, events: [entry] });
}

function readEvent(body: unknown): BotEvent | { reason: string } {
  const envelope = botEventEnvelopeSchema.safeParse(body);
  if (!envelope.success) return { reason: `the event is malformed: ${describe(envelope.error)}` };
  const { type } = envelope.data;
  if (!isBotEventType(type)) return { reason: `events of type ${type} are unknown to this version` };
  const data = botEventDataSchemas[type].safeParse(envelope.data.data);
  if (!data.success) return { reason: `the data of ${type} is malformed: ${describe(data.error)}` };
  return checkedEvent(envelope.data, type, data.data);
}

function checkedEvent(envelope: BotEventEnvelope, type: BotEventType, data: unknown): BotEvent {
  // Safe: `data` was parsed by the schema of exactly this type.
  return { ...envelope, type, data } as BotEvent;
}

function isBotEventType(type: string): type is BotEventType {
  return Object.hasOwn(botEventDataSchemas, type);
}

const MAX_DESCRIBED_ISSUES = 3;

function describe(error: z.ZodError): string {
  const issues = error.issues.slice(0, MAX_DESCRIBED_ISSUES);
  return issues.map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message)).join('; ');
}
