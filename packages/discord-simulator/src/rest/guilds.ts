import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance } from 'fastify';
import type { SimulatorContext } from '../context.js';
import { onlineCount, renderAuditLogEntry, renderChannel, renderGuild, renderRole } from '../views/guilds.js';
import { renderUser, userOf } from '../views/users.js';
import { requireChannel, requireGuild, requireGuildPermission } from './access.js';
import { unknown } from './errors.js';

/** Entries per page of the audit log. */
const AUDIT_LOG_PAGE = 50;

/** @see https://docs.discord.com/developers/resources/guild */
export function guildRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  app.get('/guilds/:guildId', (request) => {
    const guild = requireGuild(world, request);
    if ((request.query as { with_counts?: string }).with_counts !== 'true') return renderGuild(guild);
    return {
      ...renderGuild(guild),
      approximate_member_count: guild.members.size,
      approximate_presence_count: onlineCount(world, guild),
    };
  });

  app.get('/guilds/:guildId/channels', (request) =>
    [...requireGuild(world, request).channels.values()].map((channel) => renderChannel(world, channel)),
  );

  app.get('/guilds/:guildId/threads/active', (request) => {
    requireGuild(world, request);
    return { threads: [], members: [] };
  });

  app.get('/guilds/:guildId/roles', (request) => [...requireGuild(world, request).roles.values()].map(renderRole));

  app.get('/guilds/:guildId/roles/:roleId', (request) => {
    const role = requireGuild(world, request).roles.get((request.params as { roleId: string }).roleId);
    if (!role) throw unknown.role();
    return renderRole(role);
  });

  app.get('/guilds/:guildId/audit-logs', (request) => {
    const guild = requireGuildPermission(world, request, Permission.ViewAuditLog);
    const entries = guild.auditLog.slice(-AUDIT_LOG_PAGE).reverse();
    return {
      audit_log_entries: entries.map(renderAuditLogEntry),
      users: [...new Set(entries.map((entry) => entry.userId))].map((id) => renderUser(userOf(world, id))),
      application_commands: [],
      auto_moderation_rules: [],
      guild_scheduled_events: [],
      integrations: [],
      threads: [],
      webhooks: [],
    };
  });

  app.get('/channels/:channelId', (request) => renderChannel(world, requireChannel(world, request)));
}
