import { ChannelType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { changeSeat } from '../actions/voice.js';
import type { SimulatorContext } from '../context.js';
import { type Guild, snowflake } from '../state/model.js';
import { channelPermissions } from '../state/permissions.js';
import type { World } from '../state/world.js';
import { requireBot, requireGuild } from './access.js';
import { formError, missingPermissions, parseForm, refused, unknown } from './errors.js';

const seatBody = z.looseObject({ channel_id: snowflake.nullish(), suppress: z.boolean().nullish() });
const ownSeatBody = seatBody.extend({ request_to_speak_timestamp: z.iso.datetime({ offset: true }).nullish() });

/** Who speaks on a stage. @see https://docs.discord.com/developers/resources/voice#modify-current-user-voice-state */
export function stageSpeakerRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  app.patch('/guilds/:guildId/voice-states/@me', (request, reply) => {
    const guild = requireGuild(world, request);
    const { userId } = requireBot(request);
    const body = parseForm(ownSeatBody, request.body);
    const { state, held } = requireSeat(world, guild, { request, userId, channelId: body.channel_id });
    const asksAt = body.request_to_speak_timestamp;
    if (body.suppress === false && !(held & Permission.MuteMembers)) throw missingPermissions();
    if (asksAt && !(held & Permission.RequestToSpeak)) throw missingPermissions();
    if (asksAt && Date.parse(asksAt) < world.clock.now()) {
      throw formError(['request_to_speak_timestamp'], 'BASE_TYPE_BAD_VALUE', 'Must be present or future.');
    }
    changeSeat(world, guild, state, { isSuppressed: body.suppress ?? undefined, askedToSpeakAt: asksAt });
    return reply.code(204).send();
  });

  app.patch('/guilds/:guildId/voice-states/:userId', (request, reply) => {
    const guild = requireGuild(world, request);
    const { userId } = request.params as { userId: string };
    const body = parseForm(seatBody, request.body);
    const { state, held } = requireSeat(world, guild, { request, userId, channelId: body.channel_id });
    if (!(held & Permission.MuteMembers)) throw missingPermissions();
    // A person who is asked to the front decides for themselves; a bot speaks at once.
    const isInvited = body.suppress === false && !world.users.get(userId)?.isBot;
    changeSeat(world, guild, state, {
      isSuppressed: body.suppress ?? undefined,
      askedToSpeakAt: isInvited ? world.clock.iso() : undefined,
    });
    return reply.code(204).send();
  });
}

interface Seat {
  request: FastifyRequest;
  userId: string;
  channelId: string | null | undefined;
}

/** The voice state of somebody on a stage, and what the bot may do there. */
function requireSeat(world: World, guild: Guild, { request, userId, channelId }: Seat) {
  const state = guild.voiceStates.get(userId);
  if (!state) throw unknown.voiceState();
  const channel = guild.channels.get(state.channelId);
  if (channel?.type !== ChannelType.GuildStageVoice) throw refused.channelType();
  if (channelId && channelId !== channel.id) {
    throw formError(['channel_id'], 'CHANNEL_ID_INVALID', 'They are not in this channel.');
  }
  return { state, held: channelPermissions(world, channel, requireBot(request).userId) };
}
