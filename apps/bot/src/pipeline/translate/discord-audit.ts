import type { GatewayGuildAuditLogEntryCreateDispatchData } from 'discord.js';
import { snowflake, snowflakeOrNull } from './snowflakes.js';
import type { Translation } from './translation.js';

/** @see https://discord.com/developers/docs/events/gateway-events#guild-audit-log-entry-create */
export function auditLogEntry(entry: GatewayGuildAuditLogEntryCreateDispatchData): Translation {
  const data = {
    id: snowflake(entry.id),
    userId: snowflakeOrNull(entry.user_id),
    targetId: entry.target_id,
    actionType: entry.action_type,
    reason: entry.reason ?? null,
    changes: entry.changes ?? [],
    options: entry.options ? { ...entry.options } : null,
  };
  return { type: 'audit_log_entry', guildId: entry.guild_id, data };
}
