import type { Ban } from '@guildhall/contracts';
import type { schema } from '@guildhall/database';

export interface BanRow {
  ban: typeof schema.bans.$inferSelect;
  user: typeof schema.discordUsers.$inferSelect;
}

/** A ban as the API tells it, from its row and the account's. */
export function banOf({ ban, user: { updatedAt: _, ...user } }: BanRow): Ban {
  return { user, reason: ban.reason, bannedAt: ban.bannedAt?.toISOString() ?? null };
}
