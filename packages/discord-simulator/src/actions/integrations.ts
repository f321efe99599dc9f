import { AuditLogEvent } from 'discord-api-types/v10';
import { intents } from '../state/dispatch.js';
import type { Guild } from '../state/model.js';
import type { World } from '../state/world.js';
import type { BotIntegration } from '../views/integrations.js';
import { type Actor, differences, writeAuditLog } from './audit-log.js';
import { removeMember } from './members.js';
import { deleteRole } from './roles.js';
import { deleteWebhook } from './webhooks.js';

/** Takes a bot out of the guild, with its role. @see https://docs.discord.com/developers/resources/guild#delete-guild-integration */
export function deleteIntegration(world: World, guild: Guild, integration: BotIntegration, by: Actor): void {
  const { id, application, roleId } = integration;
  publish('INTEGRATION_DELETE', { id, guild_id: guild.id, application_id: application.id });
  publish('GUILD_INTEGRATIONS_UPDATE', { guild_id: guild.id });
  const changes = differences({ name: application.name, type: 'discord' }, {});
  writeAuditLog(world, guild, { actionType: AuditLogEvent.IntegrationDelete, targetId: id, changes, by });
  for (const webhook of guild.webhooks.filter((it) => it.applicationId === application.id))
    deleteWebhook(world, guild, webhook);
  removeMember(world, guild, application.id);
  if (roleId !== null) deleteRole(world, guild, roleId);

  function publish(name: 'INTEGRATION_DELETE' | 'GUILD_INTEGRATIONS_UPDATE', data: object): void {
    world.publish({ name, data, guildId: guild.id, intents: intents.integrations });
  }
}
