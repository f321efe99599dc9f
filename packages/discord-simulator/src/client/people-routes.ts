import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { directChannel } from '../actions/channels.js';
import { setPresence } from '../actions/members.js';
import { joinVoice, leaveVoice } from '../actions/voice.js';
import { ChannelType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { SimulatorContext } from '../context.js';
import { ImpossibleAction } from '../interactions/person.js';
import { presenceRecord, snowflake } from '../state/model.js';
import { renderClientChannel } from './channels.js';
import { personOf, place, placeInGuild } from './place.js';
import { moderate } from './profile.js';

/** A timeout lasts 28 days at most. @see https://docs.discord.com/developers/resources/guild#modify-guild-member */
const MAX_TIMEOUT_MINUTES = 40_320;

const bodies = {
  presence: z.object({ status: presenceRecord.shape.status }),
  direct: z.object({ userId: snowflake }),
  moderation: z.object({
    action: z.enum(['nickname', 'kick', 'ban', 'timeout']),
    userId: snowflake,
    nick: z.string().trim().max(32).nullish(),
    minutes: z.number().int().min(0).max(MAX_TIMEOUT_MINUTES).optional(),
    reason: z.string().trim().max(512).optional(),
  }),
};

/** What a person does about themselves and to others. */
export function peopleRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  app.post('/presence', (request) => {
    const { status } = bodies.presence.parse(request.body);
    const person = personOf(world, request.body);
    setPresence(world, person.id, { status, activities: world.presence(person.id).activities });
    return {};
  });

  app.post('/direct', (request) => {
    const person = personOf(world, request.body);
    const { userId } = bodies.direct.parse(request.body);
    if (userId === person.id || !world.users.has(userId)) throw new ImpossibleAction('No such person');
    return renderClientChannel(world, directChannel(world, person.id, userId), person.id);
  });

  app.post('/moderation', (request) => {
    const deed = bodies.moderation.parse(request.body);
    const { person, guild } = placeInGuild(world, request.body);
    moderate(world, guild, person.id, deed);
    return {};
  });

  app.post('/voice', (request) => {
    const { person, channel } = place(world, request.body, Permission.Connect);
    const guild = world.guilds.get(channel.guildId ?? '');
    const isVoice = channel.type === ChannelType.GuildVoice || channel.type === ChannelType.GuildStageVoice;
    if (!guild || !isVoice) throw new ImpossibleAction('Nobody can talk there');
    const isInside = guild.voiceStates.get(person.id)?.channelId === channel.id;
    if (isInside) leaveVoice(world, guild, person.id);
    else joinVoice(world, guild, channel, person.id);
    return {};
  });
}
