import { ChannelType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { updateGuild } from '../actions/guilds.js';
import { createInvite } from '../actions/invites.js';
import type { SimulatorContext } from '../context.js';
import { plainPng } from '../media/png.js';
import { type Guild, snowflake } from '../state/model.js';
import { renderWidget } from '../views/widget.js';
import { actorOf, requireGuildPermission } from './access.js';
import { parseForm, refused, unknown } from './errors.js';

const PATH = '/guilds/:guildId/widget';

const widgetPatchBody = z.looseObject({ enabled: z.boolean().nullish(), channel_id: snowflake.nullish() });
const imageQuery = z.looseObject({
  style: z.enum(['shield', 'banner1', 'banner2', 'banner3', 'banner4']).default('shield'),
});

/** Pixels of each style. */
const IMAGE_SIZES = {
  shield: { width: 115, height: 20 },
  banner1: { width: 320, height: 98 },
  banner2: { width: 320, height: 76 },
  banner3: { width: 320, height: 130 },
  banner4: { width: 320, height: 206 },
};
const IMAGE_COLOR = 0x58_65_f2;

/** @see https://docs.discord.com/developers/resources/guild#guild-widget-object */
export function widgetRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  const renderSettings = ({ settings }: Guild) => ({
    enabled: settings.isWidgetEnabled,
    channel_id: settings.widgetChannelId,
  });

  app.get(PATH, (request) => renderSettings(requireGuildPermission(world, request, Permission.ManageGuild)));

  app.patch(PATH, (request) => {
    const guild = requireGuildPermission(world, request, Permission.ManageGuild);
    const { enabled, channel_id: widgetChannelId } = parseForm(widgetPatchBody, request.body);
    if (widgetChannelId && !guild.channels.has(widgetChannelId)) throw unknown.channel();
    const settings = { isWidgetEnabled: enabled ?? undefined, widgetChannelId };
    updateGuild(world, guild, { settings }, actorOf(request));
    return renderSettings(guild);
  });

  app.get(`${PATH}.json`, (request) => {
    const guild = requireWidget(request);
    return renderWidget(world, guild, inviteTo(guild));
  });

  // A plain area in Discord's colour: nobody reads the numbers in it by machine.
  app.get(`${PATH}.png`, (request, reply) => {
    requireWidget(request);
    const { style } = parseForm(imageQuery, request.query);
    return reply.type('image/png').send(plainPng(IMAGE_SIZES[style], IMAGE_COLOR));
  });

  app.get('/guilds/:guildId/vanity-url', (request) => {
    const { settings } = requireGuildPermission(world, request, Permission.ManageGuild);
    return { code: settings.vanityCode, uses: settings.vanityUses };
  });

  /** The widget is there for everybody, signed in or not. */
  function requireWidget(request: FastifyRequest): Guild {
    const guild = world.guilds.get((request.params as { guildId: string }).guildId);
    if (!guild) throw unknown.guild();
    if (!guild.settings.isWidgetEnabled) throw refused.widgetDisabled();
    return guild;
  }

  /** The code of an invite to the widget's channel, made in the owner's name. */
  function inviteTo(guild: Guild): string | null {
    const channel = guild.channels.get(guild.settings.widgetChannelId ?? '');
    if (!channel || channel.type === ChannelType.GuildCategory) return null;
    return createInvite(world, guild, { channelId: channel.id }, { userId: guild.ownerId }).code;
  }
}
