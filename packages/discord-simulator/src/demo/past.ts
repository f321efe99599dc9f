import { addReaction, createMessage } from '../actions/messages.js';
import type { MessageRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import type { Community } from './community.js';
import { Random } from './random.js';
import { type Line, Storyteller } from './storyteller.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Days of conversations a fresh demo looks back on. */
const PAST_DAYS = 14;
/** Channels in which people were talking within the last hour and a half. */
const RECENT_CHANNELS = 4;

/** A line of a conversation at its moment. */
interface Utterance {
  atMs: number;
  channelId: string;
  line: Line;
  /** What became of the lines of the same conversation, for replies. */
  written: MessageRecord[];
}

/**
 * Fills a community's channels with the conversations of the past two weeks. What is said is the same every time; when it was said is
 * relative to `nowMs`, so that there is always something recent.
 */
export function writePast(world: World, community: Community, nowMs: number): void {
  const random = new Random(20_190_314 + community.people.length);
  const storyteller = new Storyteller(world, community, random);
  writeFirstMessages(world, community, nowMs - (PAST_DAYS + 2) * DAY_MS);
  const utterances = [...pastDays(storyteller, { community, random, nowMs }), ...lastHour(storyteller, random, nowMs)];
  utterances.sort((left, right) => left.atMs - right.atMs);
  let lastMs = 0;
  for (const utterance of utterances) {
    lastMs = Math.max(utterance.atMs, lastMs + 1);
    write(world, { ...utterance, atMs: lastMs });
  }
}

interface Calendar {
  community: Community;
  random: Random;
  nowMs: number;
}

function pastDays(storyteller: Storyteller, { community, random, nowMs }: Calendar): Utterance[] {
  const midnightMs = nowMs - (nowMs % DAY_MS);
  const { from, to } = community.hours;
  const days = Array.from({ length: PAST_DAYS }, (_, index) => midnightMs - (PAST_DAYS - index) * DAY_MS);
  return days.flatMap((dayMs) => {
    const isWeekend = [0, 6].includes(new Date(dayMs).getUTCDay());
    if (community.isClosedOnWeekends && isWeekend) return [];
    const count = community.conversationsPerDay + random.between(-1, 2);
    const spanMs = ((to - from) * HOUR_MS) / count;
    return Array.from({ length: count }).flatMap((_, slot) => {
      const startMs = dayMs + from * HOUR_MS + Math.floor((slot + random.next() * 0.8) * spanMs);
      return conversation(storyteller, { random, startMs, channel: storyteller.pickChannel() });
    });
  });
}

function lastHour(storyteller: Storyteller, random: Random, nowMs: number): Utterance[] {
  const busiest = [...storyteller.talkingChannels]
    .sort((left, right) => right.dialogues.length - left.dialogues.length)
    .slice(0, RECENT_CHANNELS);
  return busiest.flatMap((channel, index) => {
    const startMs = nowMs - (30 + index * 15 + random.between(0, 10)) * MINUTE_MS;
    return conversation(storyteller, { random, startMs, channel });
  });
}

interface Occasion {
  random: Random;
  startMs: number;
  channel: Parameters<Storyteller['tell']>[0];
}

function conversation(storyteller: Storyteller, { random, startMs, channel }: Occasion): Utterance[] {
  const written: MessageRecord[] = [];
  let atMs = startMs;
  return storyteller.tell(channel).map((line) => {
    atMs += random.between(12_000, 190_000);
    return { atMs, channelId: channel.id, line, written };
  });
}

function write(world: World, { atMs, channelId, line, written }: Utterance): void {
  const channel = world.channel(channelId);
  if (!channel) return;
  const repliedTo = line.replyTo === null ? undefined : written[line.replyTo];
  const message = createMessage(world, channel, {
    sentAt: new Date(atMs),
    authorId: line.authorId,
    content: line.text,
    replyToId: repliedTo?.id,
    editedAt: line.isEdited ? new Date(atMs + 95_000).toISOString() : undefined,
  });
  written.push(message);
  for (const { emoji, userIds } of line.reactions) {
    for (const userId of userIds) addReaction(world, message, userId, { id: null, name: emoji });
  }
}

function writeFirstMessages(world: World, community: Community, atMs: number): void {
  const [founder] = community.people;
  const channels = community.categories.flatMap((it) => it.channels);
  channels.forEach(({ id, firstMessage }, index) => {
    const channel = world.channel(id);
    if (!founder || !channel || !firstMessage) return;
    createMessage(world, channel, {
      sentAt: new Date(atMs + index),
      authorId: founder.id,
      content: firstMessage,
    });
  });
}
