import {
  GuildScheduledEventEntityType as EntityType,
  GuildScheduledEventStatus as Status,
} from 'discord-api-types/v10';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  completion,
  createScheduledEvent,
  deleteScheduledEvent,
  updateScheduledEvent,
} from '../actions/scheduled-events.js';
import type { SimulatorContext } from '../context.js';
import type { Guild, ScheduledEventRecord } from '../state/model.js';
import { renderScheduledEvent } from '../views/scheduled-events.js';
import { renderUser, userOf } from '../views/users.js';
import { actorOf, requireGuild } from './access.js';
import { parseForm, refused } from './errors.js';
import { requireEvent, requireMayManage } from './event-access.js';
import {
  eventChangesFrom,
  eventCreateBody,
  eventDraftFrom,
  eventPatchBody,
  requireFuture,
  requireSense,
} from './event-form.js';
import { IMAGE_BODY_BYTES, parseImageChange } from './images.js';

/** Events of a guild that are planned or under way. */
const MAX_EVENTS = 100;

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

  app.post(PATH, { bodyLimit: IMAGE_BODY_BYTES }, (request) => {
    const guild = requireGuild(world, request);
    const body = parseForm(eventCreateBody, request.body);
    const draft = eventDraftFrom(body);
    requireSense(guild, draft);
    requireFuture(draft.startAt, world.clock.now());
    requireMayManage(world, guild, request, draft);
    const open = [...guild.scheduledEvents.values()].filter(({ status }) => isOpen(status));
    if (open.length >= MAX_EVENTS) throw refused.tooManyEvents();
    const image = parseImageChange('image', body.image);
    const event = createScheduledEvent(world, guild, { ...draft, imageHash: image?.hash ?? null }, actorOf(request));
    if (image) world.files.put(`guild-events/${event.id}/${image.hash}`, image.content);
    return render(request, guild, event);
  });

  app.patch(`${PATH}/:eventId`, { bodyLimit: IMAGE_BODY_BYTES }, (request) => {
    const guild = requireGuild(world, request);
    const event = requireEvent(guild, request);
    const body = parseForm(eventPatchBody, request.body);
    requireMayManage(world, guild, request, event);
    const changes = eventChangesFrom(event, body);
    requireSense(guild, { ...event, ...changes });
    requireFuture(changes.startAt, world.clock.now());
    if (changes.status === Number(Status.Active)) requireFreeStage(guild, event);
    const image = parseImageChange('image', body.image);
    if (image) world.files.put(`guild-events/${event.id}/${image.hash}`, image.content);
    updateScheduledEvent(world, guild, event, {
      changes: {
        ...changes,
        ...(body.image === undefined ? {} : { imageHash: image?.hash ?? null }),
        // The end of one occurrence is not the end of an event that recurs.
        ...(changes.status === Number(Status.Completed) ? completion(event) : {}),
      },
      by: actorOf(request),
    });
    return render(request, guild, event);
  });

  app.delete(`${PATH}/:eventId`, (request, reply) => {
    const guild = requireGuild(world, request);
    const event = requireEvent(guild, request);
    requireMayManage(world, guild, request, event);
    deleteScheduledEvent(world, guild, event, actorOf(request));
    return reply.code(204).send();
  });
}

const isOpen = (status: number) => status === Number(Status.Scheduled) || status === Number(Status.Active);

/** An event on a stage needs the stage for itself. */
function requireFreeStage(guild: Guild, { entityType, channelId, id }: ScheduledEventRecord): void {
  const stage = guild.stageInstances.get(channelId ?? '');
  if (entityType === Number(EntityType.StageInstance) && stage && stage.eventId !== id) throw refused.takenStage();
}
