import { ChannelType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { setVoiceStatus } from '../actions/channels.js';
import { moderateVoice, type VoiceChanges } from '../actions/voice.js';
import type { SimulatorContext } from '../context.js';
import type { Guild, MemberRecord } from '../state/model.js';
import { channelPermissions, guildPermissions } from '../state/permissions.js';
import type { World } from '../state/world.js';
import { renderMember } from '../views/users.js';
import { renderVoiceState } from '../views/voice.js';
import { actorOf, requireBot, requireChannel, requireGuild } from './access.js';
import { formError, missingPermissions, parseForm, refused, unknown } from './errors.js';
import type { memberPatchBody } from './schemas.js';
import { voiceRegions } from './voice-regions.js';

const CALLS: readonly number[] = [ChannelType.GuildVoice, ChannelType.GuildStageVoice];

const voiceStatusBody = z.looseObject({ status: z.string().max(500).nullish() });

/** @see https://docs.discord.com/developers/resources/voice */
export function voiceRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  app.get('/voice/regions', (request) => {
    requireBot(request);
    return voiceRegions;
  });

  app.put('/channels/:channelId/voice-status', (request, reply) => {
    const channel = requireChannel(world, request);
    const guild = world.guilds.get(channel.guildId ?? '');
    if (!guild || channel.type !== ChannelType.GuildVoice) throw refused.channelType();
    const isInside = guild.voiceStates.get(requireBot(request).userId)?.channelId === channel.id;
    // From outside it takes who manages the channel.
    requireChannel(world, request, Permission.SetVoiceChannelStatus | (isInside ? 0n : Permission.ManageChannels));
    const { status } = parseForm(voiceStatusBody, request.body);
    setVoiceStatus(world, channel, status || null, actorOf(request));
    return reply.code(204).send();
  });

  app.get('/guilds/:guildId/voice-states/:userId', (request) => {
    const guild = requireGuild(world, request);
    const { userId } = request.params as { userId: string };
    const state = guild.voiceStates.get(userId === '@me' ? requireBot(request).userId : userId);
    if (!state) throw unknown.voiceState();
    const member = guild.members.get(state.userId);
    return {
      ...renderVoiceState(state),
      self_stream: false,
      guild_id: guild.id,
      ...(member ? { member: renderMember(world, member) } : {}),
    };
  });
}

/**
 * Checks what a `PATCH` of a member asks for in voice, and returns what carries it out.
 * @throws DiscordError 40032 for a member who is not in voice
 */
export function prepareVoiceChange(
  world: World,
  guild: Guild,
  request: FastifyRequest,
  { member, body }: { member: MemberRecord; body: z.infer<typeof memberPatchBody> },
): () => void {
  const changes: VoiceChanges = {
    channelId: body.channel_id,
    isMuted: body.mute ?? undefined,
    isDeafened: body.deaf ?? undefined,
  };
  if (Object.values(changes).every((change) => change === undefined)) return () => undefined;
  const held = guildPermissions(guild, requireBot(request).userId);
  const needed =
    (changes.channelId === undefined ? 0n : Permission.MoveMembers) |
    (changes.isMuted === undefined ? 0n : Permission.MuteMembers) |
    (changes.isDeafened === undefined ? 0n : Permission.DeafenMembers);
  if ((held & needed) !== needed) throw missingPermissions();
  const state = guild.voiceStates.get(member.userId);
  if (!state) throw refused.notInVoice();
  if (typeof changes.channelId === 'string') {
    const channel = guild.channels.get(changes.channelId);
    if (!channel || !CALLS.includes(channel.type))
      throw formError(['channel_id'], 'CHANNEL_TYPE_INVALID', 'Not a voice channel');
    const own = channelPermissions(world, channel, requireBot(request).userId);
    if (!(own & Permission.Connect)) throw missingPermissions();
  }
  return () => moderateVoice(world, guild, state, { changes, by: actorOf(request) });
}
