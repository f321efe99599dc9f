import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { createEmoji, deleteEmoji, updateEmoji } from '../actions/emojis.js';
import type { SimulatorContext } from '../context.js';
import type { EmojiRecord } from '../state/guild-records.js';
import { type Guild, snowflake } from '../state/model.js';
import { guildPermissions } from '../state/permissions.js';
import { renderEmoji } from '../views/expressions.js';
import { actorOf, requireBot, requireGuild, requireGuildPermission } from './access.js';
import { parseForm, refused, unknown } from './errors.js';
import { creatorFor, requireMayChange } from './expressions.js';
import { IMAGE_BODY_BYTES, parseSmallImage } from './images.js';

/** Of each kind, in a guild without boosts. */
const MAX_EMOJIS = 50;
const PATH = '/guilds/:guildId/emojis';

export const emojiName = z.string().min(2).max(32).regex(/^\w+$/);
const emojiPatchBody = z.looseObject({ name: emojiName.optional(), roles: z.array(snowflake).nullish() });
const emojiCreateBody = emojiPatchBody.extend({ name: emojiName, image: z.string() });

/** @see https://docs.discord.com/developers/resources/emoji */
export function emojiRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  app.get(PATH, (request) => {
    const guild = requireGuild(world, request);
    return guild.emojis.map((emoji) => ({ ...renderEmoji(emoji), ...creatorFor(world, guild, request, emoji) }));
  });

  app.get(`${PATH}/:emojiId`, (request) => {
    const guild = requireGuild(world, request);
    const emoji = requireEmoji(guild.emojis, request);
    const { userId } = requireBot(request);
    const mayManage = guildPermissions(guild, userId) & Permission.ManageGuildExpressions;
    const isShown = mayManage !== 0n || emoji.creatorId === userId;
    return { ...renderEmoji(emoji), ...(isShown ? creatorFor(world, guild, request, emoji) : {}) };
  });

  app.post(PATH, { bodyLimit: IMAGE_BODY_BYTES }, (request, reply) => {
    const guild = requireGuildPermission(world, request, Permission.CreateGuildExpressions);
    const body = parseForm(emojiCreateBody, request.body);
    const { content, isAnimated } = parseSmallImage('image', body.image);
    const roleIds = rolesFrom(guild, body.roles) ?? [];
    if (guild.emojis.filter((emoji) => emoji.isAnimated === isAnimated).length >= MAX_EMOJIS)
      throw isAnimated ? refused.tooManyAnimatedEmojis() : refused.tooManyEmojis(MAX_EMOJIS);
    const emoji = createEmoji(world, guild, { name: body.name, isAnimated, roleIds, content }, actorOf(request));
    return reply.code(201).send({ ...renderEmoji(emoji), ...creatorFor(world, guild, request, emoji) });
  });

  app.patch(`${PATH}/:emojiId`, (request) => {
    const guild = requireGuild(world, request);
    const emoji = requireEmoji(guild.emojis, request);
    requireMayChange(guild, request, emoji);
    const { name, roles } = parseForm(emojiPatchBody, request.body);
    updateEmoji(world, guild, emoji, { changes: { name, roleIds: rolesFrom(guild, roles) }, by: actorOf(request) });
    return { ...renderEmoji(emoji), ...creatorFor(world, guild, request, emoji) };
  });

  app.delete(`${PATH}/:emojiId`, (request, reply) => {
    const guild = requireGuild(world, request);
    const emoji = requireEmoji(guild.emojis, request);
    requireMayChange(guild, request, emoji);
    deleteEmoji(world, guild, emoji, actorOf(request));
    return reply.code(204).send();
  });
}

/** @throws DiscordError 10014, which is a 404 here */
export function requireEmoji(emojis: readonly EmojiRecord[], request: FastifyRequest): EmojiRecord {
  const { emojiId } = request.params as { emojiId: string };
  const emoji = emojis.find((it) => it.id === emojiId);
  if (!emoji) throw unknown.storedEmoji();
  return emoji;
}

/** `null` opens an emoji to everybody. */
function rolesFrom(guild: Guild, roleIds: readonly string[] | null | undefined): string[] | undefined {
  if (roleIds === undefined) return undefined;
  if (roleIds?.some((id) => !guild.roles.has(id))) throw refused.invalidRole();
  return [...new Set(roleIds)];
}
