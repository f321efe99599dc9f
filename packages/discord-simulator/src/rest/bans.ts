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
import { missingPermissions, parseForm, refused, unknown } from './errors.js';
import { banBody, banListQuery, bulkBanBody } from './schemas.js';

/** @see https://docs.discord.com/developers/resources/guild#get-guild-bans */
export function banRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  const render = (ban: BanRecord) => ({ reason: ban.reason, user: renderUser(userOf(world, ban.userId)) });
  const userIdOf = (params: unknown) => (params as { userId: string }).userId;

  app.get('/guilds/:guildId/bans', (request) => {
    const guild = requireGuildPermission(world, request, Permission.BanMembers);
    const { limit, before, after } = parseForm(banListQuery, request.query);
    const bans = [...guild.bans.values()]
      .filter((ban) => !before || compareSnowflakes(ban.userId, before) < 0)
      // Of the two, `before` counts.
      .filter((ban) => before !== undefined || !after || compareSnowflakes(ban.userId, after) > 0)
      .sort((left, right) => compareSnowflakes(left.userId, right.userId));
    return (before === undefined ? bans.slice(0, limit) : bans.slice(-limit)).map(render);
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
    if (!mayBan(guild, requireBot(request).userId, userId)) throw missingPermissions();
    // Somebody banned already stays banned for the first reason.
    if (!guild.bans.has(userId)) banUser(world, guild, userId, actorOf(request));
    deleteRecentMessages(world, guild, {
      userId,
      seconds: body.delete_message_seconds ?? (body.delete_message_days ?? 0) * 86_400,
    });
    return reply.code(204).send();
  });

  app.post('/guilds/:guildId/bulk-ban', (request) => {
    const guild = requireGuildPermission(world, request, Permission.BanMembers);
    requireGuildPermission(world, request, Permission.ManageGuild);
    const { user_ids, delete_message_seconds } = parseForm(bulkBanBody, request.body);
    const { userId: botId } = requireBot(request);
    const banned = user_ids.filter(
      (id) => world.users.has(id) && !guild.bans.has(id) && id !== botId && mayBan(guild, botId, id),
    );
    if (banned.length === 0) throw refused.bulkBan();
    for (const userId of banned) {
      banUser(world, guild, userId, actorOf(request));
      deleteRecentMessages(world, guild, { userId, seconds: delete_message_seconds ?? 0 });
    }
    return { banned_users: banned, failed_users: user_ids.filter((id) => !banned.includes(id)) };
  });

  app.delete('/guilds/:guildId/bans/:userId', (request, reply) => {
    const guild = requireGuildPermission(world, request, Permission.BanMembers);
    const userId = userIdOf(request.params);
    if (!guild.bans.has(userId)) throw unknown.ban();
    unbanUser(world, guild, userId, actorOf(request));
    return reply.code(204).send();
  });
}

/** Who is not a member stands below everybody. */
function mayBan(guild: Guild, actorId: string, userId: string): boolean {
  return guild.ownerId !== userId && (!guild.members.has(userId) || outranks(guild, actorId, userId));
}

function deleteRecentMessages(
  world: World,
  guild: Guild,
  { userId, seconds }: { userId: string; seconds: number },
): void {
  if (seconds === 0) return;
  const sinceMs = world.clock.now() - seconds * 1_000;
  for (const channel of [...guild.channels.values(), ...guild.threads.values()]) {
    const ids = world
      .history(channel.id)
      .all()
      .filter((message) => message.authorId === userId && timestampOf(message.id) >= sinceMs)
      .map((message) => message.id);
    if (ids.length > 0) deleteMessages(world, channel, ids);
  }
}
