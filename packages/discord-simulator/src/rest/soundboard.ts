import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { createSound, deleteSound, updateSound } from '../actions/soundboard.js';
import type { SimulatorContext } from '../context.js';
import { durationOf } from '../media/duration.js';
import type { SoundRecord } from '../state/guild-records.js';
import { mediaTypeOf } from '../state/media-type.js';
import { type Guild, snowflake } from '../state/model.js';
import { defaultSounds } from '../views/default-sounds.js';
import { renderSound } from '../views/expressions.js';
import { actorOf, requireBot, requireGuild, requireGuildPermission } from './access.js';
import { formError, parseForm, refused, unknown } from './errors.js';
import { creatorFor, requireMayChange } from './expressions.js';
import { IMAGE_BODY_BYTES, parseDataUri } from './images.js';

/** In a guild without boosts. */
const MAX_SOUNDS = 8;
const MAX_SOUND_BYTES = 512 * 1_024;
const MAX_SOUND_SECONDS = 5.2;
const PATH = '/guilds/:guildId/soundboard-sounds';

const soundPatchBody = z.looseObject({
  name: z.string().min(2).max(32).optional(),
  volume: z.number().min(0).max(1).nullish(),
  emoji_id: snowflake.nullish(),
  emoji_name: z.string().min(1).max(32).nullish(),
});
const soundCreateBody = soundPatchBody.extend({ name: z.string().min(2).max(32), sound: z.string() });

/** @see https://docs.discord.com/developers/resources/soundboard */
export function soundboardRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  const render = (guild: Guild, request: FastifyRequest, sound: SoundRecord) => ({
    ...renderSound(guild, sound),
    ...creatorFor(world, guild, request, sound),
  });

  app.get('/soundboard-default-sounds', (request) => {
    requireBot(request);
    return defaultSounds;
  });

  app.get(PATH, (request) => {
    const guild = requireGuild(world, request);
    return { items: guild.sounds.map((sound) => render(guild, request, sound)) };
  });

  app.get(`${PATH}/:soundId`, (request) => {
    const guild = requireGuild(world, request);
    return render(guild, request, requireSound(guild, request));
  });

  app.post(PATH, { bodyLimit: IMAGE_BODY_BYTES }, (request, reply) => {
    const guild = requireGuildPermission(world, request, Permission.CreateGuildExpressions);
    const body = parseForm(soundCreateBody, request.body);
    const content = parseSound(body.sound);
    if (guild.sounds.length >= MAX_SOUNDS) throw refused.tooManySounds();
    const { name, volume, emoji_id: emojiId = null, emoji_name: emojiName = null } = body;
    const draft = { name, volume: volume ?? 1, emojiId, emojiName, content };
    return reply.code(201).send(render(guild, request, createSound(world, guild, draft, actorOf(request))));
  });

  app.patch(`${PATH}/:soundId`, (request) => {
    const guild = requireGuild(world, request);
    const sound = requireSound(guild, request);
    requireMayChange(guild, request, sound);
    const { name = sound.name, volume = sound.volume, ...body } = parseForm(soundPatchBody, request.body);
    const { emoji_id: emojiId = sound.emojiId, emoji_name: emojiName = sound.emojiName } = body;
    const changes = { name, volume: volume ?? 1, emojiId, emojiName };
    updateSound(world, guild, sound, { changes, by: actorOf(request) });
    return render(guild, request, sound);
  });

  app.delete(`${PATH}/:soundId`, (request, reply) => {
    const guild = requireGuild(world, request);
    const sound = requireSound(guild, request);
    requireMayChange(guild, request, sound);
    deleteSound(world, guild, sound, actorOf(request));
    return reply.code(204).send();
  });
}

function requireSound(guild: Guild, request: FastifyRequest): SoundRecord {
  const { soundId } = request.params as { soundId: string };
  const sound = guild.sounds.find(({ id }) => id === soundId);
  if (!sound) throw unknown.sound();
  return sound;
}

/** @throws DiscordError 50123 for what is neither MP3 nor Ogg, 50124 beyond 5.2 seconds, 50192 for a file that does not say how long it is */
function parseSound(dataUri: string): Buffer {
  const content = parseDataUri('sound', dataUri, MAX_SOUND_BYTES);
  if (!content) throw formError(['sound'], 'BASE_TYPE_BAD_TYPE', 'Could not interpret value as a data URI.');
  if (!['audio/mpeg', 'audio/ogg'].includes(mediaTypeOf(content) ?? '')) throw refused.invalidFileType();
  const seconds = durationOf(content);
  if (seconds === null) throw refused.soundWithoutDuration();
  if (seconds > MAX_SOUND_SECONDS) throw refused.soundTooLong();
  return content;
}
