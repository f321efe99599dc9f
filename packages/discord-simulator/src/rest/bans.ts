import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance } from 'fastify';
import { banUser, unbanUser } from '../actions/members.js';
import { deleteMessages } from '../actions/messages.js';
import type { SimulatorContext } from '../context.js';
import type { BanRecord, Guild } from '../state/model.js';
import { outranks } from '../state/permissions.js';
import { compareSnowflakes, timestampOf } from '../state/snowflake.js';
import type { World } from '../state/world.js';
import { renderUser, userOf } from '../views/users.js';
import { actorOf, requireBot, requireGuildPermission } from './access.js';
import { missingPermissions, parseForm, unknown } from './errors.js';
import { banBody, banListQuery } from './schemas.js';

/** @see https://docs.discord.com/developers/resources/guild#get-guild-bans */
export function banRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  const render = (ban: BanRecord) => ({ reason: ban.reason, user: renderUser(userOf(world, ban.userId)) });
  const userIdOf = (params: unknown) => (params as { userId: string }).userId;

  app.get('/guilds/:guildId/bans', (request) => {
    const guild = requireGuildPermission(world, request, Permission.BanMembers);
    const { limit, before, after } = parseForm(banListQuery, request.query);
    return [...guild.bans.values()]
      .filter((ban) => !before || compareSnowflakes(ban.userId, before) < 0)
      .filter((ban) => !after || compareSnowflakes(ban.userId, after) > 0)
      .sort((left, right) => compareSnowflakes(left.userId, right.userId))
      .slice(0, limit)
      .map(render);
  });

  app.get('/guilds/:guildId/bans/:userId', (request) => {
    const guild = requireGuildPermission(world, request, Permission.BanMembers);
    const ban = guild.bans.get(userIdOf(request.params));
    if (!ban) throw unknown.ban();
    return render(ban);
  });

  app.put('/guilds/:guildId/bans/:userId', (request, reply) => {
    const guild = requireGuildPermission(world, request, Permission.BanMembers);
    const userId = userIdOf(request.params);
    if (!world.users.has(userId)) throw unknown.user();
    const body = parseForm(banBody, request.body);
    if (guild.members.has(userId) && !outranks(guild, requireBot(request).userId, userId)) throw missingPermissions();
    banUser(world, guild, userId, actorOf(request));
    const seconds = body.delete_message_seconds ?? (body.delete_message_days ?? 0) * 86_400;
    if (seconds > 0) deleteRecentMessages(world, guild, { userId, sinceMs: Date.now() - seconds * 1_000 });
    return reply.code(204).send();
  });

  app.delete('/guilds/:guildId/bans/:userId', (request, reply) => {
    const guild = requireGuildPermission(world, request, Permission.BanMembers);
    const userId = userIdOf(request.params);
    if (!guild.bans.has(userId)) throw unknown.ban();
    unbanUser(world, guild, userId, actorOf(request));
    return reply.code(204).send();
  });
}

function deleteRecentMessages(
  world: World,
  guild: Guild,
  { userId, sinceMs }: { userId: string; sinceMs: number },
): void {
  for (const channel of guild.channels.values()) {
    const ids = world
      .history(channel.id)
      .all()
      .filter((message) => message.authorId === userId && timestampOf(message.id) >= sinceMs)
      .map((message) => message.id);
    if (ids.length > 0) deleteMessages(world, channel, ids);
  }
}
