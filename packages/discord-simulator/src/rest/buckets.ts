export interface Limit {
  limit: number;
  windowMs: number;
}

/** Requests per second of one bot token. @see https://docs.discord.com/developers/topics/rate-limits#global-rate-limit */
export const GLOBAL: Limit = { limit: 50, windowMs: 1_000 };
const DEFAULT: Limit = { limit: 50, windowMs: 1_000 };

/** Renaming a channel, by whomever. */
const CHANNEL_RENAME: Limit = { limit: 2, windowMs: 600_000 };

/** Discord announces its limits only in headers; these are the values long observed there. */
const LIMITS: Record<string, Limit> = {
  'POST /channels/:channelId/messages': { limit: 5, windowMs: 5_000 },
  'PATCH /channels/:channelId/messages/:messageId': { limit: 5, windowMs: 5_000 },
  'DELETE /channels/:channelId/messages/:messageId': { limit: 5, windowMs: 1_000 },
  'POST /channels/:channelId/messages/bulk-delete': { limit: 1, windowMs: 1_000 },
  'PUT /channels/:channelId/messages/:messageId/reactions/:emoji/@me': { limit: 1, windowMs: 250 },
  'DELETE /channels/:channelId/messages/:messageId/reactions/:emoji/@me': { limit: 1, windowMs: 250 },
  'POST /channels/:channelId/typing': { limit: 5, windowMs: 5_000 },
  'PATCH /channels/:channelId': { limit: 5, windowMs: 15_000 },
  'PUT /channels/:channelId/permissions/:overwriteId': { limit: 10, windowMs: 15_000 },
  'POST /channels/:channelId/threads': { limit: 50, windowMs: 300_000 },
  'POST /channels/:channelId/invites': { limit: 5, windowMs: 15_000 },
  'GET /guilds/:guildId/members': { limit: 10, windowMs: 10_000 },
  'GET /guilds/:guildId/members/search': { limit: 10, windowMs: 10_000 },
  'GET /guilds/:guildId/members/:userId': { limit: 5, windowMs: 1_000 },
  'GET /guilds/:guildId/audit-logs': { limit: 30, windowMs: 30_000 },
  'PATCH /guilds/:guildId/members/:userId': { limit: 10, windowMs: 10_000 },
  'DELETE /guilds/:guildId/members/:userId': { limit: 5, windowMs: 1_000 },
  'PUT /guilds/:guildId/members/:userId/roles/:roleId': { limit: 10, windowMs: 10_000 },
  'DELETE /guilds/:guildId/members/:userId/roles/:roleId': { limit: 10, windowMs: 10_000 },
  'PUT /guilds/:guildId/bans/:userId': { limit: 5, windowMs: 1_000 },
  'DELETE /guilds/:guildId/bans/:userId': { limit: 5, windowMs: 1_000 },
  'POST /guilds/:guildId/bulk-ban': { limit: 1, windowMs: 5_000 },
  'POST /webhooks/:webhookId/:token': { limit: 5, windowMs: 2_000 },
  'POST /guilds/:guildId/channels': { limit: 10, windowMs: 10_000 },
  'POST /guilds/:guildId/roles': { limit: 10, windowMs: 10_000 },
  'PATCH /guilds/:guildId/roles/:roleId': { limit: 10, windowMs: 10_000 },
  'POST /guilds/:guildId/scheduled-events': { limit: 5, windowMs: 60_000 },
  'PATCH /guilds/:guildId/scheduled-events/:eventId': { limit: 5, windowMs: 60_000 },
};

export function bucketOf(method: string, route: string): { name: string; limit: Limit } {
  const name = `${method} ${route}`;
  return { name, limit: LIMITS[name] ?? DEFAULT };
}

/** A limit that counts what all callers together do to one resource. */
export function sharedLimitOf({ method, route, body }: { method: string; route: string; body: unknown }): Limit | null {
  if (method !== 'PATCH' || route !== '/channels/:channelId' || typeof body !== 'object' || body === null) return null;
  return 'name' in body || 'topic' in body ? CHANNEL_RENAME : null;
}
