import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { SimulatorContext } from '../context.js';
import { availableCommands, ImpossibleAction } from '../interactions/person.js';
import { snowflake } from '../state/model.js';
import { renderCommand } from '../views/commands.js';
import { userOf } from '../views/users.js';
import { streamTo } from './live.js';
import { MemberLists, searchMembers } from './member-list.js';
import { findPeople, firstPeople, renderAccount } from './people.js';
import { personOf, place, placeInGuild } from './place.js';
import { renderProfile } from './profile.js';
import { renderConversation, renderWorldFor } from './views.js';

const PAGE_SIZE = 50;
/** Rows of the member list that can be asked for at once. */
const MAX_ROWS = 200;
const MAX_SUGGESTED = 25;

const index = z.coerce.number().int().min(0);
const queries = {
  messages: z.object({ before: snowflake.optional() }),
  people: z.object({
    query: z.string().default(''),
    guildId: snowflake.optional(),
    roleId: snowflake.optional(),
    offset: index.default(0),
    limit: index.max(MAX_ROWS).default(PAGE_SIZE),
  }),
  beginning: z.object({ ids: z.string().default('') }),
  members: z.object({ from: index.default(0), to: index }),
  search: z.object({ query: z.string() }),
  profile: z.object({ userId: snowflake, guildId: snowflake.optional() }),
};

/** What the page asks for. */
export function readRoutes(app: FastifyInstance, context: SimulatorContext): void {
  const { world } = context;
  const lists = new MemberLists(world);

  app.get('/people', (request) => findPeople(world, queries.people.parse(request.query)));

  app.get('/beginning', (request) => firstPeople(world, queries.beginning.parse(request.query).ids.split(',')));

  app.get('/world', (request) => renderWorldFor(world, personOf(world, request.query).id));

  app.get('/messages', (request) => {
    const { before } = queries.messages.parse(request.query);
    const { person, channel } = place(world, request.query, Permission.ReadMessageHistory);
    const messages = world.history(channel.id).page({ before, limit: PAGE_SIZE });
    return renderConversation(world, channel, { messages, viewerId: person.id });
  });

  app.get('/members', (request) => {
    const { from, to } = queries.members.parse(request.query);
    const { channel } = place(world, request.query);
    const guild = world.guilds.get(channel.guildId ?? '');
    if (!guild) throw new ImpossibleAction('Direct messages have no member list');
    return lists.page(guild, channel, { from, to: Math.min(to, from + MAX_ROWS) });
  });

  app.get('/members/search', (request) => {
    const { query } = queries.search.parse(request.query);
    return searchMembers(world, placeInGuild(world, request.query).guild, { query, limit: MAX_SUGGESTED });
  });

  app.get('/profile', (request) => {
    const { userId, guildId } = queries.profile.parse(request.query);
    const user = world.users.get(userId);
    if (!user) throw new ImpossibleAction('No such person');
    const viewerId = personOf(world, request.query).id;
    const guild = guildId === undefined ? undefined : placeInGuild(world, request.query).guild;
    return renderProfile(world, { guild, viewerId, user });
  });

  app.get('/commands', (request) => {
    const { person, channel } = place(world, request.query);
    return availableCommands(world, person.id, channel.id).map((command) => ({
      ...renderCommand(command),
      application: renderAccount(world, userOf(world, command.applicationId)),
    }));
  });

  app.get('/live', (request, reply) =>
    streamTo(context, { request, reply, userId: personOf(world, request.query).id }),
  );
}
