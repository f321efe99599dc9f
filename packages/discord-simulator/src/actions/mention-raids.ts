import type { Guild, MemberRecord } from '../state/model.js';

/** Discord does not say what it takes for a raid. Here: this many mentions, by newcomers, in this time. */
const RAID_MENTIONS = 20;
const WINDOW_MS = 60_000;
/** Who joined less than this long ago is a newcomer. */
const NEWCOMER_MS = 86_400_000;

interface Mentions {
  atMs: number;
  count: number;
}

/** Forgotten by a restart, as raids are short. */
const recent = new WeakMap<Guild, Mentions[]>();

const MENTION = /<@[!&]?\d{1,20}>/g;

/** How many people and roles a text mentions, each once. */
export function countMentions(content: string): number {
  return new Set(content.match(MENTION)).size;
}

/** Counts what newcomers mention; true when it has become a raid and this message is part of it. */
export function noteMentions(guild: Guild, { joinedAt }: MemberRecord, content: string): boolean {
  const nowMs = guild.clock.now();
  const count = countMentions(content);
  if (count === 0 || nowMs - Date.parse(joinedAt) > NEWCOMER_MS) return false;
  const mentions = (recent.get(guild) ?? []).filter(({ atMs }) => nowMs - atMs < WINDOW_MS);
  mentions.push({ atMs: nowMs, count });
  recent.set(guild, mentions);
  return mentions.reduce((sum, it) => sum + it.count, 0) > RAID_MENTIONS;
}
