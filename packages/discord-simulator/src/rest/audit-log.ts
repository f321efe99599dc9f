import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { SimulatorContext } from '../context.js';
import { type AuditLogRecord, type Guild, snowflake } from '../state/model.js';
import { compareSnowflakes } from '../state/snowflake.js';
import { renderRule } from '../views/auto-moderation.js';
import { renderCommand } from '../views/commands.js';
import { renderAuditLogEntry } from '../views/guilds.js';
import { renderScheduledEvent } from '../views/scheduled-events.js';
import { isThread, renderThread } from '../views/threads.js';
import { renderUser } from '../views/users.js';
import { renderWebhook } from '../views/webhooks.js';
import { requireGuildPermission } from './access.js';
import { parseForm } from './errors.js';

const auditLogQuery = z.looseObject({
  user_id: snowflake.optional(),
  target_id: snowflake.optional(),
  action_type: z.coerce.number().int().optional(),
  before: snowflake.optional(),
  after: snowflake.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

/** @see https://docs.discord.com/developers/resources/audit-log#get-guild-audit-log */
export function auditLogRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  app.get('/guilds/:guildId/audit-logs', (request) => {
    const guild = requireGuildPermission(world, request, Permission.ViewAuditLog);
    const entries = select(guild, parseForm(auditLogQuery, request.query));
    const ids = new Set(entries.flatMap(({ userId, targetId }) => [userId, targetId ?? userId]));
    const mentioned = <Item>(items: ReadonlyMap<string, Item>) => [...ids].flatMap((id) => items.get(id) ?? []);
    return {
      audit_log_entries: entries.map(renderAuditLogEntry),
      users: mentioned(world.users).map(renderUser),
      application_commands: mentioned(world.commands).map(renderCommand),
      auto_moderation_rules: mentioned(guild.autoModerationRules).map((rule) => renderRule(guild, rule)),
      guild_scheduled_events: mentioned(guild.scheduledEvents).map((event) => renderScheduledEvent(guild, event)),
      integrations: [],
      threads: mentioned(guild.threads).filter(isThread).map(renderThread),
      webhooks: guild.webhooks
        .filter(({ id }) => ids.has(id))
        .map((webhook) => renderWebhook(world, webhook, { guild, seenBy: 'log' })),
    };
  });
}

/** Youngest first; with `after`, the oldest ones after it, oldest first. */
function select(guild: Guild, query: z.infer<typeof auditLogQuery>): AuditLogRecord[] {
  const { user_id, target_id, action_type, before, after, limit } = query;
  const entries = guild.auditLog.filter(
    (entry) =>
      (user_id === undefined || entry.userId === user_id) &&
      (target_id === undefined || entry.targetId === target_id) &&
      (action_type === undefined || entry.actionType === action_type) &&
      (before === undefined || compareSnowflakes(entry.id, before) < 0) &&
      (after === undefined || compareSnowflakes(entry.id, after) > 0),
  );
  return after === undefined ? entries.slice(-limit).reverse() : entries.slice(0, limit);
}
