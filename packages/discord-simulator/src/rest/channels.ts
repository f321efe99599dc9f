import { ChannelType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type ChannelChanges, createChannel, deleteChannel, updateChannel } from '../actions/channels.js';
import { deleteThread } from '../actions/threads.js';
import type { SimulatorContext } from '../context.js';
import { type ChannelRecord, type Guild, type OverwriteRecord, snowflake } from '../state/model.js';
import { renderChannel } from '../views/guilds.js';
import { isThread } from '../views/threads.js';
import { actorOf, requireChannel, requireGuildPermission } from './access.js';
import { formError, parseForm, refused, refuseUnserved } from './errors.js';
import { permissionBits, requireGrantable } from './overwrites.js';
import { changeThread } from './threads.js';

/** Channels per guild, and per category. */
const MAX_CHANNELS = 500;
const MAX_CHILDREN = 50;

/** What the simulator has, of all types of channels. */
const SERVED_TYPES = [
  ChannelType.GuildText,
  ChannelType.GuildVoice,
  ChannelType.GuildCategory,
  ChannelType.GuildAnnouncement,
] as const;

/** What belongs to forums, stages and calls, which do not exist here. */
const UNSERVED = [
  'rtc_region',
  'video_quality_mode',
  'default_reaction_emoji',
  'default_thread_rate_limit_per_user',
  'default_sort_order',
  'default_forum_layout',
  'available_tags',
];

const overwriteBody = z.looseObject({
  id: snowflake,
  type: z.union([z.literal(0), z.literal(1)]),
  allow: permissionBits,
  deny: permissionBits,
});

const channelPatchBody = z.looseObject({
  name: z.string().min(1).max(100).optional(),
  type: z.number().int().nullish(),
  position: z.number().int().min(0).nullish(),
  topic: z.string().max(1_024).nullish(),
  bitrate: z.number().int().min(8_000).max(384_000).nullish(),
  user_limit: z.number().int().min(0).max(99).nullish(),
  nsfw: z.boolean().nullish(),
  rate_limit_per_user: z.number().int().min(0).max(21_600).nullish(),
  parent_id: snowflake.nullish(),
  permission_overwrites: z.array(overwriteBody).max(100).nullish(),
});
const channelCreateBody = channelPatchBody.required({ name: true });
const positionsBody = z.array(
  z.looseObject({ id: snowflake, position: z.number().int().min(0).nullish(), parent_id: snowflake.nullish() }),
);

/** @see https://docs.discord.com/developers/resources/channel */
export function channelRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  app.post('/guilds/:guildId/channels', (request, reply) => {
    const guild = requireGuildPermission(world, request, Permission.ManageChannels);
    const body = parseForm(channelCreateBody, request.body);
    const changes = changesFrom(guild, body);
    requireGrantable(guild, request, changes.overwrites ?? []);
    if (guild.channels.size >= MAX_CHANNELS) throw refused.tooManyChannels();
    const channel = createChannel(world, guild, { ...changes, name: changes.name ?? body.name }, actorOf(request));
    return reply.code(201).send(renderChannel(world, channel));
  });

  app.patch('/guilds/:guildId/channels', (request, reply) => {
    const guild = requireGuildPermission(world, request, Permission.ManageChannels);
    for (const { id, position, parent_id } of parseForm(positionsBody, request.body)) {
      const channel = guild.channels.get(id);
      if (!channel) throw formError(['id'], 'CHANNEL_NOT_IN_GUILD', 'This channel is not in this server.');
      if (parent_id) requireCategory(guild, parent_id);
      updateChannel(world, channel, {
        ...(typeof position === 'number' ? { position } : {}),
        ...(parent_id === undefined ? {} : { parentId: parent_id }),
      });
    }
    return reply.code(204).send();
  });

  app.get('/channels/:channelId', (request) => renderChannel(world, requireChannel(world, request)));

  app.patch('/channels/:channelId', (request) => {
    const channel = requireChannel(world, request);
    if (isThread(channel)) return renderChannel(world, changeThread(world, request, channel));
    const guild = requireOwnChannel(request, channel);
    const body = parseForm(channelPatchBody, request.body);
    const changes = changesFrom(guild, body, channel);
    if (changes.overwrites) {
      requireChannel(world, request, Permission.ManageRoles);
      requireGrantable(guild, request, changes.overwrites);
    }
    updateChannel(world, channel, changes, actorOf(request));
    return renderChannel(world, channel);
  });

  app.delete('/channels/:channelId', (request) => {
    const channel = requireChannel(world, request);
    const guild = channel.guildId ? world.guilds.get(channel.guildId) : undefined;
    const rendered = renderChannel(world, channel);
    if (!guild) return rendered;
    requireChannel(world, request, channel.thread ? Permission.ManageThreads : Permission.ManageChannels);
    if (channel.thread) deleteThread(world, guild, channel, actorOf(request));
    else deleteChannel(world, channel, actorOf(request));
    return rendered;
  });

  function requireOwnChannel(request: FastifyRequest, channel: ChannelRecord): Guild {
    const guild = channel.guildId ? world.guilds.get(channel.guildId) : undefined;
    if (!guild) throw refused.channelType();
    requireChannel(world, request, Permission.ManageChannels);
    return guild;
  }
}

/** Reads the fields that are there; `null` puts a field back to its default. */
function changesFrom(
  guild: Guild,
  body: z.infer<typeof channelPatchBody>,
  channel?: ChannelRecord,
): ChannelChanges & { overwrites?: OverwriteRecord[] } {
  refuseUnserved(body, UNSERVED);
  const type = typeOf(body.type, channel);
  if (body.parent_id) requireCategory(guild, body.parent_id, channel);
  const isGiven = (key: keyof typeof body) => body[key] !== undefined;
  return {
    ...(isGiven('name') && body.name !== undefined ? { name: nameFor(type, body.name) } : {}),
    ...(channel && type === channel.type ? {} : { type }),
    ...(typeof body.position === 'number' ? { position: body.position } : {}),
    ...(isGiven('topic') ? { topic: body.topic ?? null } : {}),
    ...(typeof body.bitrate === 'number' ? { bitrate: body.bitrate } : {}),
    ...(isGiven('user_limit') ? { userLimit: body.user_limit ?? 0 } : {}),
    ...(isGiven('nsfw') ? { isNsfw: body.nsfw ?? false } : {}),
    ...(isGiven('rate_limit_per_user') ? { slowmodeSeconds: body.rate_limit_per_user ?? 0 } : {}),
    ...(isGiven('parent_id') ? { parentId: body.parent_id ?? null } : {}),
    ...(isGiven('permission_overwrites')
      ? {
          overwrites: (body.permission_overwrites ?? []).map(({ id, type, allow, deny }) => ({
            id,
            type,
            allow,
            deny,
          })),
        }
      : {}),
  };
}

/** A channel keeps its type, but for text and announcement, which may become each other. */
function typeOf(wanted: number | null | undefined, channel: ChannelRecord | undefined): ChannelType {
  const current = channel?.type ?? ChannelType.GuildText;
  if (wanted === null || wanted === undefined || wanted === current) return current;
  const served = SERVED_TYPES.find((type) => type === wanted);
  if (served === undefined) refuseUnserved({ type: wanted }, ['type']);
  const isConvertible = (type: number | undefined) =>
    type === ChannelType.GuildText || type === ChannelType.GuildAnnouncement;
  if (served === undefined || (channel && !(isConvertible(current) && isConvertible(served)))) {
    throw formError(['type'], 'BASE_TYPE_CHOICES', 'This channel cannot be changed to that type.');
  }
  return served;
}

/** Text channels are written in lower case without spaces. */
function nameFor(type: ChannelType, name: string): string {
  const isText = type === ChannelType.GuildText || type === ChannelType.GuildAnnouncement;
  return isText ? name.trim().toLowerCase().replaceAll(/\s+/g, '-') : name;
}

function requireCategory(guild: Guild, parentId: string, channel?: ChannelRecord): void {
  const parent = guild.channels.get(parentId);
  if (!parent) throw formError(['parent_id'], 'CHANNEL_PARENT_INVALID', 'Category does not exist');
  if (parent.type !== ChannelType.GuildCategory || channel?.type === ChannelType.GuildCategory)
    throw formError(['parent_id'], 'CHANNEL_PARENT_INVALID_TYPE', 'Not a category');
  const children = [...guild.channels.values()].filter((it) => it.parentId === parentId && it !== channel);
  if (children.length >= MAX_CHILDREN) {
    throw formError(
      ['parent_id'],
      'CHANNEL_PARENT_MAX_CHANNELS',
      'Maximum number of channels in category reached (50)',
    );
  }
}
