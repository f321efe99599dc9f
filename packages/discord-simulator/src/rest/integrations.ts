import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance } from 'fastify';
import { deleteIntegration } from '../actions/integrations.js';
import type { SimulatorContext } from '../context.js';
import { integrationsOf, renderIntegration } from '../views/integrations.js';
import { actorOf, requireGuild, requireGuildPermission } from './access.js';
import { unknown } from './errors.js';
import { voiceRegions } from './voice-regions.js';

/** Integrations that Discord lists at most. */
const MAX_LISTED = 50;
const PATH = '/guilds/:guildId/integrations';

/** @see https://docs.discord.com/developers/resources/guild#get-guild-integrations */
export function integrationRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  app.get(PATH, (request) => {
    const guild = requireGuildPermission(world, request, Permission.ManageGuild);
    return integrationsOf(world, guild)
      .slice(0, MAX_LISTED)
      .map((integration) => renderIntegration(world, integration));
  });

  app.delete(`${PATH}/:integrationId`, (request, reply) => {
    const guild = requireGuildPermission(world, request, Permission.ManageGuild);
    const { integrationId } = request.params as { integrationId: string };
    const integration = integrationsOf(world, guild).find(({ id }) => id === integrationId);
    if (!integration) throw unknown.integration();
    deleteIntegration(world, guild, integration, actorOf(request));
    return reply.code(204).send();
  });

  app.get('/guilds/:guildId/regions', (request) => {
    requireGuild(world, request);
    return voiceRegions;
  });
}
