import type { FastifyInstance } from 'fastify';
import type { SimulatorContext } from '../context.js';
import { onlineCount, renderChannel, renderGuild } from '../views/guilds.js';
import { requireGuild } from './access.js';

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
}
