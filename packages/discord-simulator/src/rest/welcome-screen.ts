import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { updateWelcomeScreen } from '../actions/welcome.js';
import type { SimulatorContext } from '../context.js';
import type { WelcomeScreenRecord } from '../state/guild-records.js';
import { type Guild, snowflake } from '../state/model.js';
import { guildPermissions } from '../state/permissions.js';
import { renderWelcomeScreen } from '../views/welcome.js';
import { actorOf, requireBot, requireGuild, requireGuildPermission } from './access.js';
import { missingPermissions, parseForm, unknown } from './errors.js';

const PATH = '/guilds/:guildId/welcome-screen';

const screenPatchBody = z.looseObject({
  enabled: z.boolean().nullish(),
  description: z.string().max(140).nullish(),
  welcome_channels: z
    .array(
      z.looseObject({
        channel_id: snowflake,
        description: z.string().min(1).max(50),
        emoji_id: snowflake.nullish(),
        emoji_name: z.string().nullish(),
      }),
    )
    .max(5)
    .nullish(),
});

/** @see https://docs.discord.com/developers/resources/guild#get-guild-welcome-screen */
export function welcomeScreenRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  app.get(PATH, (request) => {
    const guild = requireGuild(world, request);
    const { isEnabled, description, channels } = guild.welcomeScreen;
    const mayManage = guildPermissions(guild, requireBot(request).userId) & Permission.ManageGuild;
    if (!isEnabled && !mayManage) throw missingPermissions();
    if (!isEnabled && description === null && channels.length === 0) throw unknown.welcomeScreen();
    return renderWelcomeScreen(guild);
  });

  app.patch(PATH, (request) => {
    const guild = requireGuildPermission(world, request, Permission.ManageGuild);
    updateWelcomeScreen(world, guild, screenFrom(guild, request.body), actorOf(request));
    return renderWelcomeScreen(guild);
  });
}

/** `null` empties a part, an absent one stays as it is. */
function screenFrom(guild: Guild, form: unknown): WelcomeScreenRecord {
  const { welcomeScreen: before } = guild;
  const body = parseForm(screenPatchBody, form);
  const { description = before.description } = body;
  const isEnabled = body.enabled === undefined ? before.isEnabled : body.enabled === true;
  const { welcome_channels: wanted } = body;
  if (wanted === undefined) return { ...before, isEnabled, description };
  if (wanted?.some(({ channel_id }) => !guild.channels.has(channel_id))) throw unknown.channel();
  const channels = (wanted ?? []).map((channel) => ({
    channelId: channel.channel_id,
    description: channel.description,
    emojiId: channel.emoji_id ?? null,
    emojiName: channel.emoji_name ?? null,
  }));
  return { isEnabled, description, channels };
}
