import type { AuditLogEvent } from 'discord-api-types/v10';
import { intents } from '../state/dispatch.js';
import type { Guild } from '../state/model.js';
import type { World } from '../state/world.js';
import { renderAuditLogEntry } from '../views/guilds.js';

/** Entries kept per guild. */
const MAX_ENTRIES = 1_000;

/** Who did it, and the `X-Audit-Log-Reason` they gave. */
export interface Actor {
  userId: string;
  reason?: string | null | undefined;
}

interface Entry {
  actionType: AuditLogEvent;
  targetId: string | null;
  changes?: Record<string, unknown>[];
  by: Actor;
}

/** @see https://docs.discord.com/developers/resources/audit-log */
export function writeAuditLog(world: World, guild: Guild, { actionType, targetId, changes = [], by }: Entry): void {
  const entry = {
    id: world.snowflakes.next(),
    actionType,
    userId: by.userId,
    targetId,
    reason: by.reason ?? null,
    changes,
  };
  guild.auditLog.push(entry);
  if (guild.auditLog.length > MAX_ENTRIES) guild.auditLog.shift();
  world.touch();
  const data = { ...renderAuditLogEntry(entry), guild_id: guild.id };
  world.publish({ name: 'GUILD_AUDIT_LOG_ENTRY_CREATE', data, guildId: guild.id, intents: intents.moderation });
}
