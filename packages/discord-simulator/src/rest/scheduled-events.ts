import {
  ChannelType,
  GuildScheduledEventEntityType as EntityType,
  GuildScheduledEventStatus as Status,
  PermissionFlagsBits as Permission,
} from 'discord-api-types/v10';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  createScheduledEvent,
  deleteScheduledEvent,
  type ScheduledEventChanges,
  type ScheduledEventDraft,
  updateScheduledEvent,
} from '../actions/scheduled-events.js';
import type { SimulatorContext } from '../context.js';
import { type Guild, type ScheduledEventRecord, snowflake } from '../state/model.js';
import { channelPermissions, guildPermissions } from '../state/permissions.js';
import { compareSnowflakes } from '../state/snowflake.js';
import type { World } from '../state/world.js';
import { renderScheduledEvent } from '../views/scheduled-events.js';
import { renderMember, renderUser, userOf } from '../views/users.js';
import { actorOf, requireBot, requireGuild } from './access.js';
import { formError, missingPermissions, parseForm, refuseUnserved, unknown } from './errors.js';

const moment = z.iso.datetime({ offset: true });

const eventPatchBody = z.looseObject({
  name: z.string().min(1).max(100).optional(),
  description: z.string().max(1_000).nullish(),
  scheduled_start_time: moment.optional(),
  scheduled_end_time: moment.nullish(),
  privacy_level: z.literal(2).optional(),
  entity_type: z.union([z.literal(EntityType.Voice), z.literal(EntityType.External)]).optional(),
  channel_id: snowflake.nullish(),
  entity_metadata: z.looseObject({ location: z.string().min(1).max(100).optional() }).nullish(),
  status: z.number().int().min(1).max(4).optional(),
});
const eventCreateBody = eventPatchBody.required({
  name: true,
  scheduled_start_time: true,
  privacy_level: true,
  entity_type: true,
});
const usersQuery = z.looseObject({
  limit: z.coerce.number().int().min(1).max(100).default(100),
  with_member: z.enum(['true', 'false']).default('false'),
  before: snowflake.optional(),
  after: snowflake.optional(),
});

/** What an event may become. @see https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-object-guild-scheduled-event-status */
const NEXT_STATUS: Partial<Record<number, number[]>> = {
  [Status.Scheduled]: [Status.Active, Status.Canceled],
  [Status.Active]: [Status.Completed],
};

const PATH = '/guilds/:guildId/scheduled-events';

/** @see https://docs.discord.com/developers/resources/guild-scheduled-event */
export function scheduledEventRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  const render = (request: FastifyRequest, guild: Guild, event: ScheduledEventRecord) => {
    const { user_count, ...rest } = renderScheduledEvent(guild, event) as Record<string, unknown>;
    const isCounted = (request.query as { with_user_count?: string }).with_user_count === 'true';
    return { ...rest, creator: renderUser(userOf(world, event.creatorId)), ...(isCounted ? { user_count } : {}) };
  };

  app.get(PATH, (request) => {
    const guild = requireGuild(world, request);
    return [...guild.scheduledEvents.values()].map((event) => render(request, guild, event));
  });

  app.get(`${PATH}/:eventId`, (request) => {
    const guild = requireGuild(world, request);
    return render(request, guild, requireEvent(guild, request));
  });

  app.post(PATH, (request) => {
    const guild = requireGuild(world, request);
    const body = parseForm(eventCreateBody, request.body);
    refuseUnserved(body, ['image', 'recurrence_rule']);
    const draft: ScheduledEventDraft = {
      name: body.name,
      description: body.description ?? null,
      startAt: body.scheduled_start_time,
      endAt: body.scheduled_end_time ?? null,
      entityType: body.entity_type,
      channelId: body.channel_id ?? null,
      location: body.entity_metadata?.location ?? null,
    };
    requireSense(guild, draft);
    if (Date.parse(draft.startAt) < world.clock.now()) {
      const code = 'GUILD_SCHEDULED_EVENT_SCHEDULE_PAST';
      throw formError(['scheduled_start_time'], code, 'Cannot schedule event in the past.');
    }
    requireMayManage(world, guild, { request, channelId: draft.channelId, permission: Permission.CreateEvents });
    return render(request, guild, createScheduledEvent(world, guild, draft, actorOf(request)));
  });

  app.patch(`${PATH}/:eventId`, (request) => {
    const guild = requireGuild(world, request);
    const event = requireEvent(guild, request);
    const body = parseForm(eventPatchBody, request.body);
    refuseUnserved(body, ['image', 'recurrence_rule']);
    requireMayManage(world, guild, { request, channelId: event.channelId, permission: Permission.ManageEvents, event });
    const changes = changesFrom(event, body);
    requireSense(guild, { ...event, ...changes });
    updateScheduledEvent(world, guild, event, { changes, by: actorOf(request) });
    return render(request, guild, event);
  });

  app.delete(`${PATH}/:eventId`, (request, reply) => {
    const guild = requireGuild(world, request);
    const event = requireEvent(guild, request);
    requireMayManage(world, guild, { request, channelId: event.channelId, permission: Permission.ManageEvents, event });
    deleteScheduledEvent(world, guild, event, actorOf(request));
    return reply.code(204).send();
  });

  app.get(`${PATH}/:eventId/users`, (request) => {
    const guild = requireGuild(world, request);
    const event = requireEvent(guild, request);
    const { limit, before, after, with_member } = parseForm(usersQuery, request.query);
    const ids = event.userIds
      .filter((id) => before === undefined || compareSnowflakes(id, before) < 0)
      .filter((id) => after === undefined || compareSnowflakes(id, after) > 0)
      .sort(compareSnowflakes);
    const chosen = before !== undefined && after === undefined ? ids.slice(-limit) : ids.slice(0, limit);
    return chosen.map((id) => {
      const member = with_member === 'true' ? guild.members.get(id) : undefined;
      return {
        guild_scheduled_event_id: event.id,
        user_id: id,
        user: renderUser(userOf(world, id)),
        response: 1,
        ...(member ? { member: renderMember(world, member) } : {}),
      };
    });
  });
}

function requireEvent(guild: Guild, request: FastifyRequest): ScheduledEventRecord {
  const event = guild.scheduledEvents.get((request.params as { eventId: string }).eventId);
  if (!event) throw unknown.scheduledEvent();
  return event;
}

interface Attempt {
  request: FastifyRequest;
  /** Where the event is held: what counts is the permission there. */
  channelId: string | null;
  permission: bigint;
  event?: ScheduledEventRecord;
}

/** Whoever may create events may also change their own. */
function requireMayManage(world: World, guild: Guild, { request, channelId, permission, event }: Attempt): void {
  const { userId } = requireBot(request);
  const channel = guild.channels.get(channelId ?? '');
  const held = channel ? channelPermissions(world, channel, userId) : guildPermissions(guild, userId);
  const isOwn = event?.creatorId === userId && (held & Permission.CreateEvents) !== 0n;
  if (!isOwn && !(held & (permission | Permission.ManageEvents))) throw missingPermissions();
}

/** Events outside Discord have a place and an end, events in voice a channel. */
function requireSense(guild: Guild, event: ScheduledEventDraft): void {
  const required = (path: string[]) => formError(path, 'BASE_TYPE_REQUIRED', 'This field is required');
  if (event.entityType === EntityType.External) {
    if (event.location === null) throw required(['entity_metadata', 'location']);
    if (event.endAt === null) throw required(['scheduled_end_time']);
  } else if (guild.channels.get(event.channelId ?? '')?.type !== ChannelType.GuildVoice) throw required(['channel_id']);
  if (event.endAt !== null && Date.parse(event.endAt) <= Date.parse(event.startAt)) {
    const code = 'GUILD_SCHEDULED_EVENT_END_BEFORE_START';
    throw formError(['scheduled_end_time'], code, 'Cannot schedule event to end before it starts.');
  }
}

function changesFrom(event: ScheduledEventRecord, body: z.infer<typeof eventPatchBody>): ScheduledEventChanges {
  const { status } = body;
  if (status !== undefined && status !== event.status && !NEXT_STATUS[event.status]?.includes(status)) {
    throw formError(['status'], 'TRANSITION_INVALID', 'Invalid guild scheduled event status transition.');
  }
  return {
    ...(body.name === undefined ? {} : { name: body.name }),
    ...(body.description === undefined ? {} : { description: body.description }),
    ...(body.scheduled_start_time === undefined ? {} : { startAt: body.scheduled_start_time }),
    ...(body.scheduled_end_time === undefined ? {} : { endAt: body.scheduled_end_time }),
    ...(body.entity_type === undefined ? {} : { entityType: body.entity_type }),
    ...(body.channel_id === undefined ? {} : { channelId: body.channel_id }),
    ...(body.entity_metadata === undefined ? {} : { location: body.entity_metadata?.location ?? null }),
    ...(status === undefined ? {} : { status }),
  };
}
