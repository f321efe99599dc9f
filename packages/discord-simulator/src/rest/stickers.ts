import { PermissionFlagsBits as Permission, StickerFormatType } from 'discord-api-types/v10';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { createSticker, deleteSticker, updateSticker } from '../actions/stickers.js';
import type { SimulatorContext } from '../context.js';
import { imageSizeOf } from '../media/image-size.js';
import type { StickerRecord } from '../state/guild-records.js';
import { isAnimated, mediaTypeOf } from '../state/media-type.js';
import type { Guild } from '../state/model.js';
import { renderSticker } from '../views/expressions.js';
import { standardStickers, stickerPacks } from '../views/sticker-packs.js';
import { actorOf, requireCaller, requireGuild, requireGuildPermission } from './access.js';
import { formError, parseForm, refused, unknown } from './errors.js';
import { creatorFor, requireMayChange } from './expressions.js';

/** In a guild without boosts. */
const MAX_STICKERS = 5;
const MAX_STICKER_BYTES = 512 * 1_024;
/** Pixels in both directions. */
const MAX_STICKER_SIZE = 320;
const PATH = '/guilds/:guildId/stickers';

const stickerPatchBody = z.looseObject({
  name: z.string().min(2).max(30).optional(),
  description: z.union([z.literal(''), z.string().min(2).max(100)]).nullish(),
  tags: z.string().min(1).max(200).optional(),
});
const stickerCreateBody = stickerPatchBody.required({ name: true, tags: true });

/** @see https://docs.discord.com/developers/resources/sticker */
export function stickerRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  const render = (guild: Guild, request: FastifyRequest, sticker: StickerRecord) => ({
    ...renderSticker(guild, sticker),
    ...creatorFor(world, guild, request, sticker),
  });

  app.get('/stickers/:stickerId', (request) => {
    requireCaller(request);
    const { stickerId } = request.params as { stickerId: string };
    const standard = standardStickers.find((sticker) => sticker.id === stickerId);
    if (standard) return standard;
    for (const guild of world.guilds.values()) {
      const sticker = guild.stickers.find((it) => it.id === stickerId);
      if (sticker) return renderSticker(guild, sticker);
    }
    throw unknown.sticker();
  });

  app.get('/sticker-packs', (request) => {
    requireCaller(request);
    return { sticker_packs: stickerPacks };
  });

  app.get('/sticker-packs/:packId', (request) => {
    requireCaller(request);
    const pack = stickerPacks.find(({ id }) => id === (request.params as { packId: string }).packId);
    if (!pack) throw unknown.stickerPack();
    return pack;
  });

  app.get(PATH, (request) => {
    const guild = requireGuild(world, request);
    return guild.stickers.map((sticker) => render(guild, request, sticker));
  });

  app.get(`${PATH}/:stickerId`, (request) => {
    const guild = requireGuild(world, request);
    return render(guild, request, requireSticker(guild, request));
  });

  app.post(PATH, (request, reply) => {
    const guild = requireGuildPermission(world, request, Permission.CreateGuildExpressions);
    const { name, tags, description } = parseForm(stickerCreateBody, request.body);
    const file = fileOf(guild, request);
    if (guild.stickers.length >= MAX_STICKERS) throw refused.tooManyStickers();
    const draft = { name, tags, description: description ?? '', ...file };
    return reply.code(201).send(render(guild, request, createSticker(world, guild, draft, actorOf(request))));
  });

  app.patch(`${PATH}/:stickerId`, (request) => {
    const guild = requireGuild(world, request);
    const sticker = requireSticker(guild, request);
    requireMayChange(guild, request, sticker);
    const { name, tags, description } = parseForm(stickerPatchBody, request.body);
    const changes = { name, tags, description: description === null ? '' : description };
    updateSticker(world, guild, sticker, { changes, by: actorOf(request) });
    return render(guild, request, sticker);
  });

  app.delete(`${PATH}/:stickerId`, (request, reply) => {
    const guild = requireGuild(world, request);
    const sticker = requireSticker(guild, request);
    requireMayChange(guild, request, sticker);
    deleteSticker(world, guild, sticker, actorOf(request));
    return reply.code(204).send();
  });
}

function requireSticker(guild: Guild, request: FastifyRequest): StickerRecord {
  const { stickerId } = request.params as { stickerId: string };
  const sticker = guild.stickers.find((it) => it.id === stickerId);
  if (!sticker) throw unknown.sticker();
  return sticker;
}

/** @throws DiscordError 50045 beyond 512 KiB, 50046 for what is no sticker */
function fileOf(guild: Guild, request: FastifyRequest): { content: Buffer; formatType: number } {
  const content = request.uploads.find(({ field }) => field === 'file')?.bytes;
  if (!content) throw formError(['file'], 'BASE_TYPE_REQUIRED', 'This field is required');
  if (content.length > MAX_STICKER_BYTES) throw refused.fileTooLarge();
  const formatType = formatOf(guild, content);
  const size = imageSizeOf(content);
  if (formatType === null || (size && Math.max(size.width, size.height) > MAX_STICKER_SIZE))
    throw refused.invalidFile();
  return { content, formatType };
}

/** Lottie is for verified guilds and partners. */
function formatOf({ settings }: Guild, content: Buffer): StickerFormatType | null {
  switch (mediaTypeOf(content)) {
    case 'image/png':
      return isAnimated(content) ? StickerFormatType.APNG : StickerFormatType.PNG;
    case 'image/gif':
      return StickerFormatType.GIF;
    case 'application/json':
      return ['VERIFIED', 'PARTNERED'].some((it) => settings.features.includes(it)) ? StickerFormatType.Lottie : null;
    default:
      return null;
  }
}
