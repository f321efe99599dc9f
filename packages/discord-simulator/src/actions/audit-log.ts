import { type AuditLogEvent, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { intents } from '../state/dispatch.js';
import type { AuditLogRecord, Guild } from '../state/model.js';
import type { World } from '../state/world.js';
import { renderAuditLogEntry } from '../views/guilds.js';

/** Entries kept per guild. */
const MAX_ENTRIES = 1_000;
/** Attributes that never change, or that Discord does not log. */
const UNLOGGED = new Set(['id', 'guild_id', 'flags', 'colors', 'managed', 'tags', 'last_message_id', 'user_count']);

/** Who did it, and the `X-Audit-Log-Reason` they gave. */
export interface Actor {
  userId: string;
  reason?: string | null | undefined;
}

interface Entry {
  actionType: AuditLogEvent;
  targetId: string | null;
  changes?: Record<string, unknown>[];
  options?: Record<string, string>;
  by: Actor;
}

/** @see https://docs.discord.com/developers/resources/audit-log */
export function writeAuditLog(world: World, guild: Guild, { actionType, targetId, changes = [], options, by }: Entry) {
  const entry: AuditLogRecord = {
    id: world.snowflakes.next(),
    actionType,
    userId: by.userId,
    targetId,
    reason: by.reason ?? null,
    changes,
    ...(options ? { options } : {}),
  };
  guild.auditLog.push(entry);
  if (guild.auditLog.length > MAX_ENTRIES) guild.auditLog.shift();
  world.touch();
  world.publish({
    name: 'GUILD_AUDIT_LOG_ENTRY_CREATE',
    data: { ...renderAuditLogEntry(entry), guild_id: guild.id },
    guildId: guild.id,
    intents: intents.moderation,
    permission: Permission.ViewAuditLog,
  });
}

/** The changes from one rendered object to another: `{}` stands for what did not exist, or exists no longer. */
export function differences(before: object, after: object): Record<string, unknown>[] {
  const [old, young] = [before as Record<string, unknown>, after as Record<string, unknown>];
  const keys = [...new Set([...Object.keys(old), ...Object.keys(young)])].filter((key) => !UNLOGGED.has(key));
  return keys.flatMap((key) => {
    if (JSON.stringify(old[key]) === JSON.stringify(young[key])) return [];
    const isGiven = (value: unknown) => value !== undefined && value !== null;
    const values = {
      ...(isGiven(old[key]) ? { old_value: old[key] } : {}),
      ...(isGiven(young[key]) ? { new_value: young[key] } : {}),
    };
    return Object.keys(values).length > 0 ? [{ key, ...values }] : [];
  });
}
