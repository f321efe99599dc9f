import { type BotEvent, type Message, type Snowflake, snowflakeInstant } from '@guildhall/contracts';

/** A message of a guild, as told by one event. */
export interface GuildMessage {
  guildId: Snowflake;
  message: Message;
}

/** A deletion of a message, as told by one event. */
export interface MessageDeletion {
  id: Snowflake;
  guildId: Snowflake;
  channelId: Snowflake;
  deletedAt: string;
}

/** One state for each message: its newest edit, wherever it stands. The database merges by the same rule. */
export function newestEdits(messages: readonly GuildMessage[]): GuildMessage[] {
  const newest = new Map<string, GuildMessage>();
  for (const candidate of messages) {
    const { id } = candidate.message;
    const known = newest.get(id);
    if (!known || isNewer(candidate.message, known.message)) newest.set(id, candidate);
  }
  return [...newest.values()];
}

/** Among states of one message that were never edited, the first one stands; they are equal anyway. */
function isNewer(candidate: Message, known: Message): boolean {
  return editedAtMs(candidate) > editedAtMs(known);
}

function editedAtMs({ editedAt }: Message): number {
  return editedAt === null ? Number.NEGATIVE_INFINITY : Date.parse(editedAt);
}

/** The deletions that an event tells of; a bulk deletion tells of many. */
export function deletionsOf(event: BotEvent<'message_delete' | 'message_delete_bulk'>): MessageDeletion[] {
  const { guildId, timestamp: deletedAt } = event;
  const { channelId } = event.data;
  const ids = 'ids' in event.data ? event.data.ids : [event.data.id];
  return ids.map((id) => ({ id, guildId, channelId, deletedAt }));
}

/** One deletion for each message: the earliest. */
export function earliestDeletions(deletions: readonly MessageDeletion[]): MessageDeletion[] {
  const earliest = new Map<string, MessageDeletion>();
  for (const deletion of deletions) {
    const known = earliest.get(deletion.id);
    if (!known || Date.parse(deletion.deletedAt) < Date.parse(known.deletedAt)) earliest.set(deletion.id, deletion);
  }
  return [...earliest.values()];
}

/** The message exactly as a fetch tells it: instants in UTC, the creation as the id holds it, attachments by id. */
export function asFetched(message: Message): Message {
  return {
    ...message,
    attachments: message.attachments.toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1)),
    createdAt: snowflakeInstant(message.id).toISOString(),
    editedAt: message.editedAt && new Date(message.editedAt).toISOString(),
  };
}
