import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance } from 'fastify';
import { updateGuild } from '../actions/guilds.js';
import type { SimulatorContext } from '../context.js';
import type { Guild } from '../state/model.js';
import { onlineCount, renderChannel, renderGuild, renderPreview } from '../views/guilds.js';
import { actorOf, requireBot, requireGuild, requireGuildPermission } from './access.js';
import { unknown } from './errors.js';
import { readGuildForm } from './guild-form.js';
import { type Image, IMAGE_BODY_BYTES, parseImage } from './images.js';

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

  app.get('/guilds/:guildId/preview', (request) => {
    const { userId } = requireBot(request);
    const guild = world.guilds.get((request.params as { guildId: string }).guildId);
    // Whoever is not in it sees a guild only where it is listed in the directory.
    if (!guild || !(guild.members.has(userId) || guild.settings.features.includes('DISCOVERABLE')))
      throw unknown.guild();
    return renderPreview(world, guild);
  });

  app.patch('/guilds/:guildId', { bodyLimit: IMAGE_BODY_BYTES }, (request) => {
    const guild = requireGuildPermission(world, request, Permission.ManageGuild);
    const { changes, icon } = readGuildForm(guild, request);
    const by = actorOf(request);
    const image = icon ? parseImage('icon', icon) : null;
    updateGuild(world, guild, { ...changes, ...(icon === undefined ? {} : { icon: keepIcon(guild, image) }) }, by);
    return renderGuild(guild);
  });

  /** Guilds without the feature have icons that stand still. */
  function keepIcon(guild: Guild, image: Image | null): string | null {
    if (!image) return null;
    const moves = guild.settings.features.includes('ANIMATED_ICON');
    const hash = moves ? image.hash : image.hash.replace(/^a_/, '');
    world.files.put(`icons/${guild.id}/${hash}`, image.content);
    return hash;
  }

  app.get('/guilds/:guildId/channels', (request) =>
    [...requireGuild(world, request).channels.values()].map((channel) => renderChannel(world, channel)),
  );
}
