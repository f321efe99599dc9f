import type { BotEvent, DiscordUser, Snowflake } from '@guildhall/contracts';

/** What one event tells about one person's ban. */
export interface BanFact {
  guildId: Snowflake;
  user: DiscordUser;
  isBanned: boolean;
  /** Null where it was not told. */
  reason: string | null;
  /** Whether the ban was seen when it was made, and not found on a list. */
  isSeen: boolean;
  /** As of when it is true. */
  reportedAt: string;
}

export function factsOf(event: BotEvent<'ban_add' | 'ban_remove' | 'ban_chunk'>): BanFact[] {
  const { guildId, timestamp } = event;
  if (event.type === 'ban_chunk') {
    const { bans, readAt: reportedAt } = event.data;
    return bans.map((ban) => ({ ...ban, guildId, isBanned: true, isSeen: false, reportedAt }));
  }
  const isBanned = event.type === 'ban_add';
  return [{ guildId, user: event.data.user, isBanned, reason: null, isSeen: isBanned, reportedAt: timestamp }];
}

export function keyOf({ guildId, user }: Pick<BanFact, 'guildId' | 'user'>): string {
  return `${guildId} ${user.id}`;
}

/** One fact for each person in each guild: the newest. The database merges by the same rule. */
export function newestFacts(facts: readonly BanFact[]): BanFact[] {
  const newest = new Map<string, BanFact>();
  for (const fact of facts) {
    const known = newest.get(keyOf(fact));
    if (!known || Date.parse(fact.reportedAt) >= Date.parse(known.reportedAt)) newest.set(keyOf(fact), fact);
  }
  return [...newest.values()];
}
