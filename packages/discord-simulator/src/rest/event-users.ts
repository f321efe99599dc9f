import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { SimulatorContext } from '../context.js';
import { type EventExceptionRecord, type Guild, type ScheduledEventRecord, snowflake } from '../state/model.js';
import { compareSnowflakes } from '../state/snowflake.js';
import type { World } from '../state/world.js';
import { renderMember, renderUser, userOf } from '../views/users.js';
import { requireGuild } from './access.js';
import { parseForm } from './errors.js';
import { requireEvent } from './event-access.js';
import { requireException } from './event-exceptions.js';

const usersQuery = z.looseObject({
  limit: z.coerce.number().int().min(1).max(100).default(100),
  with_member: z.enum(['true', 'false']).default('false'),
  before: snowflake.optional(),
  after: snowflake.optional(),
});
const countsQuery = z.looseObject({
  guild_scheduled_event_exception_ids: z
    .union([z.string(), z.array(z.string())])
    .transform((ids) => [ids].flat().flatMap((list) => list.split(',')))
    .pipe(z.array(snowflake).max(10))
    .default([]),
});

const PATH = '/guilds/:guildId/scheduled-events/:eventId';

/** Who is interested in an event. @see https://docs.discord.com/developers/resources/guild-scheduled-event#get-guild-scheduled-event-users */
export function eventUserRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  app.get(`${PATH}/users`, (request) => {
    const guild = requireGuild(world, request);
    return list(world, guild, request, { event: requireEvent(guild, request) });
  });

  app.get(`${PATH}/users/counts`, (request) => {
    const event = requireEvent(requireGuild(world, request), request);
    const { guild_scheduled_event_exception_ids: ids } = parseForm(countsQuery, request.query);
    const chosen = (event.exceptions ?? []).filter(({ id }) => ids.includes(id));
    return {
      guild_scheduled_event_count: event.userIds.length,
      guild_scheduled_event_exception_counts: Object.fromEntries(chosen.map(({ id, userIds }) => [id, userIds.length])),
    };
  });

  app.get(`${PATH}/:exceptionId/users`, (request) => {
    const guild = requireGuild(world, request);
    const event = requireEvent(guild, request);
    return list(world, guild, request, { event, exception: requireException(event, request) });
  });
}

interface Occasion {
  event: ScheduledEventRecord;
  exception?: EventExceptionRecord;
}

function list(world: World, guild: Guild, request: FastifyRequest, { event, exception }: Occasion): object[] {
  const { limit, before, after, with_member } = parseForm(usersQuery, request.query);
  const ids = (exception ?? event).userIds
    .filter((id) => before === undefined || compareSnowflakes(id, before) < 0)
    .filter((id) => after === undefined || compareSnowflakes(id, after) > 0)
    .sort(compareSnowflakes);
  const chosen = before !== undefined && after === undefined ? ids.slice(-limit) : ids.slice(0, limit);
  return chosen.map((id) => {
    const member = with_member === 'true' ? guild.members.get(id) : undefined;
    return {
      guild_scheduled_event_id: event.id,
      ...(exception ? { guild_scheduled_event_exception_id: exception.id } : {}),
      user_id: id,
      user: renderUser(userOf(world, id)),
      response: 1,
      ...(member ? { member: renderMember(world, member) } : {}),
    };
  });
}
