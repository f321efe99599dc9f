import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { createException, deleteException, updateException } from '../actions/event-exceptions.js';
import { isOccurrence } from '../actions/recurrence.js';
import type { SimulatorContext } from '../context.js';
import type { EventExceptionRecord, ScheduledEventRecord } from '../state/model.js';
import { snowflakeAt } from '../state/snowflake.js';
import { renderEventException } from '../views/scheduled-events.js';
import { actorOf, requireGuild } from './access.js';
import { formError, parseForm, unknown } from './errors.js';
import { requireEvent, requireMayManage } from './event-access.js';
import { moment } from './event-form.js';

const exceptionPatchBody = z.looseObject({
  scheduled_start_time: moment.nullish(),
  scheduled_end_time: moment.nullish(),
  is_canceled: z.boolean().nullish(),
});
const exceptionCreateBody = exceptionPatchBody.extend({ original_scheduled_start_time: moment });

const PATH = '/guilds/:guildId/scheduled-events/:eventId/exceptions';

/** Occurrences of a recurring event that depart from its rule. */
export function eventExceptionRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  const place = (request: FastifyRequest) => {
    const guild = requireGuild(world, request);
    const event = requireEvent(guild, request);
    requireMayManage(world, guild, request, event);
    return { guild, event, by: actorOf(request) };
  };

  app.post(PATH, (request) => {
    const { guild, event, by } = place(request);
    const body = parseForm(exceptionCreateBody, request.body);
    const originalMs = Date.parse(body.original_scheduled_start_time);
    const id = snowflakeAt(originalMs);
    const isTaken = event.exceptions?.some((it) => it.id === id);
    if (!event.recurrence || isTaken || !isOccurrence(event.recurrence, originalMs)) {
      const message = 'There is no occurrence to be changed at this time.';
      throw formError(['original_scheduled_start_time'], 'BASE_TYPE_BAD_VALUE', message);
    }
    const exception = { id, startAt: null, endAt: null, isCanceled: false, userIds: [], ...changesFrom(body) };
    requireOrder(exception);
    createException(world, guild, event, { exception, by });
    return renderEventException(event, exception);
  });

  app.patch(`${PATH}/:exceptionId`, (request) => {
    const { guild, event, by } = place(request);
    const exception = requireException(event, request);
    const changes = changesFrom(parseForm(exceptionPatchBody, request.body));
    requireOrder({ ...exception, ...changes });
    updateException(world, guild, event, { exception, changes, by });
    return renderEventException(event, exception);
  });

  app.delete(`${PATH}/:exceptionId`, (request, reply) => {
    const { guild, event, by } = place(request);
    deleteException(world, guild, event, { exception: requireException(event, request), by });
    return reply.code(204).send();
  });
}

export function requireException(event: ScheduledEventRecord, request: FastifyRequest): EventExceptionRecord {
  const { exceptionId } = request.params as { exceptionId: string };
  const exception = event.exceptions?.find(({ id }) => id === exceptionId);
  // Discord documents no code for exceptions: it is the event's.
  if (!exception) throw unknown.scheduledEvent();
  return exception;
}

function changesFrom(body: z.infer<typeof exceptionPatchBody>): Partial<EventExceptionRecord> {
  return {
    ...(body.scheduled_start_time === undefined ? {} : { startAt: body.scheduled_start_time }),
    ...(body.scheduled_end_time === undefined ? {} : { endAt: body.scheduled_end_time }),
    ...(body.is_canceled === undefined ? {} : { isCanceled: body.is_canceled ?? false }),
  };
}

function requireOrder({ startAt, endAt }: EventExceptionRecord): void {
  if (startAt === null || endAt === null || Date.parse(startAt) < Date.parse(endAt)) return;
  const code = 'GUILD_SCHEDULED_EVENT_END_BEFORE_START';
  throw formError(['scheduled_end_time'], code, 'Cannot schedule event to end before it starts.');
}
