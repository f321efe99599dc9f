import { ChannelType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { playSound } from '../actions/soundboard.js';
import type { SimulatorContext } from '../context.js';
import { type ChannelRecord, snowflake } from '../state/model.js';
import { channelPermissions } from '../state/permissions.js';
import { defaultSounds } from '../views/default-sounds.js';
import { requireBot, requireChannel } from './access.js';
import { missingAccess, missingPermissions, parseForm, refused, unknown } from './errors.js';

const playBody = z.looseObject({ sound_id: snowflake, source_guild_id: snowflake.nullish() });

/** @see https://docs.discord.com/developers/resources/soundboard#send-soundboard-sound */
export function soundPlayingRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  app.post('/channels/:channelId/send-soundboard-sound', (request, reply) => {
    const channel = requireChannel(world, request, Permission.Speak | Permission.UseSoundboard);
    if (channel.type !== ChannelType.GuildVoice) throw refused.channelType();
    const { userId } = requireBot(request);
    const body = parseForm(playBody, request.body);
    requireAudible(channel, userId);
    const sound = soundFor(channel, userId, body);
    playSound(world, channel, { userId, ...sound });
    return reply.code(204).send();
  });

  /** Whoever plays a sound is in the channel and can be heard there. */
  function requireAudible(channel: ChannelRecord, userId: string): void {
    const state = world.guilds.get(channel.guildId ?? '')?.voiceStates.get(userId);
    if (state?.channelId !== channel.id) throw refused.notInVoice();
    if (state.isMuted || state.isDeafened || state.isSelfDeafened) throw refused.voiceEffect();
  }

  function soundFor(channel: ChannelRecord, userId: string, body: z.infer<typeof playBody>) {
    const standard = defaultSounds.find(({ sound_id }) => sound_id === body.sound_id);
    if (standard) return { soundId: standard.sound_id, volume: standard.volume };
    const source = world.guilds.get(body.source_guild_id ?? channel.guildId ?? '');
    if (!source?.members.has(userId)) throw missingAccess();
    const isForeign = source.id !== channel.guildId;
    if (isForeign && !(channelPermissions(world, channel, userId) & Permission.UseExternalSounds))
      throw missingPermissions();
    const sound = source.sounds.find(({ id }) => id === body.sound_id);
    if (!sound) throw unknown.sound();
    return { soundId: sound.id, volume: sound.volume };
  }
}
