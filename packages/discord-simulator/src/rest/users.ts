import type { FastifyInstance } from 'fastify';
import { directChannel } from '../actions/channels.js';
import type { SimulatorContext } from '../context.js';
import { renderChannel } from '../views/guilds.js';
import { renderMember, renderMyGuild, renderSelf, renderUser, userOf } from '../views/users.js';
import { type Caller, requireBot, requireCaller } from './access.js';
import { DiscordError, parseForm, refused, unknown } from './errors.js';
import { directChannelBody } from './schemas.js';

/** @see https://docs.discord.com/developers/resources/user */
export function userRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  app.get('/users/@me', (request) => {
    const caller = requireScope(requireCaller(request), 'identify');
    return renderSelf(userOf(world, caller.userId), caller.kind === 'bot' || caller.grant.scopes.includes('email'));
  });

  app.get('/users/@me/guilds', (request) => {
    const { userId } = requireScope(requireCaller(request), 'guilds');
    const withCounts = (request.query as { with_counts?: string }).with_counts === 'true';
    return world.guildsOf(userId).map((guild) => renderMyGuild(guild, userId, withCounts));
  });

  app.get('/users/@me/guilds/:guildId/member', (request) => {
    const { userId } = requireScope(requireCaller(request), 'guilds.members.read');
    const member = world.member((request.params as { guildId: string }).guildId, userId);
    if (!member) throw unknown.guild();
    return renderMember(world, member);
  });

  app.get('/users/:userId', (request) => {
    requireBot(request);
    const user = world.users.get((request.params as { userId: string }).userId);
    if (!user) throw unknown.user();
    return renderUser(user);
  });

  app.post('/users/@me/channels', (request) => {
    const { userId } = requireBot(request);
    const { recipient_id } = parseForm(directChannelBody, request.body);
    const recipient = world.users.get(recipient_id);
    if (!recipient) throw unknown.user();
    if (recipient.isBot) throw refused.directMessage();
    return renderChannel(world, directChannel(world, userId, recipient.id));
  });
}

function requireScope(caller: Caller, scope: string): Caller {
  if (caller.kind === 'person' && !caller.grant.scopes.includes(scope))
    throw new DiscordError(403, 50026, 'Missing required OAuth2 scope');
  return caller;
}
