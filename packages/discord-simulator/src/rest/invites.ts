import { ChannelType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { createInvite, deleteInvite, openInvites, setTargets } from '../actions/invites.js';
import type { SimulatorContext } from '../context.js';
import { type Guild, type InviteRecord, snowflake } from '../state/model.js';
import { channelPermissions, guildPermissions } from '../state/permissions.js';
import { renderCountedInvite, renderInvite, renderManagedInvite } from '../views/invites.js';
import { actorOf, requireBot, requireChannel, requireGuildPermission } from './access.js';
import { formError, missingPermissions, parseForm, refused, refuseUnserved, unknown } from './errors.js';

const MAX_INVITES = 1_000;
/** Whom an invite lets in is known at once: its job is never under way. */
const JOB_COMPLETED = 2;
const TARGETS_FILE = 'target_users_file';

const inviteBody = z.looseObject({
  max_age: z.number().int().min(0).max(604_800).nullish(),
  max_uses: z.number().int().min(0).max(100).nullish(),
  temporary: z.boolean().nullish(),
  unique: z.boolean().nullish(),
});

/** @see https://docs.discord.com/developers/resources/invite */
export function inviteRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  app.get('/guilds/:guildId/invites', (request) => {
    const guild = requireGuildPermission(world, request, Permission.ManageGuild);
    return openInvites(guild).map((invite) => renderManagedInvite(world, guild, invite));
  });

  app.get('/channels/:channelId/invites', (request) => {
    const { channel, guild } = guildChannel(request, Permission.ManageChannels);
    return openInvites(guild)
      .filter((invite) => invite.channelId === channel.id)
      .map((invite) => renderManagedInvite(world, guild, invite));
  });

  app.post('/channels/:channelId/invites', (request) => {
    const { channel, guild } = guildChannel(request, Permission.CreateInstantInvite);
    const body = parseForm(inviteBody, request.body);
    refuseUnserved(body, ['target_type', 'target_user_id', 'target_application_id', 'role_ids']);
    const targets = request.uploads.length > 0 ? targetsFrom(request) : undefined;
    if (openInvites(guild).length >= MAX_INVITES) throw refused.tooManyInvites();
    const draft = {
      channelId: channel.id,
      maxAgeSeconds: body.max_age ?? undefined,
      maxUses: body.max_uses ?? undefined,
      isTemporary: body.temporary ?? undefined,
      // One for certain people is no other's equal.
      isUnique: targets ? true : (body.unique ?? undefined),
    };
    const invite = createInvite(world, guild, draft, actorOf(request));
    if (targets) setTargets(world, invite, targets);
    return renderManagedInvite(world, guild, invite);
  });

  app.get('/invites/:code', (request) => {
    const { guild, invite } = findInvite(request);
    const isCounted = (request.query as { with_counts?: string }).with_counts === 'true';
    return (isCounted ? renderCountedInvite : renderInvite)(world, guild, invite);
  });

  app.delete('/invites/:code', (request) => {
    const { guild, invite } = findInvite(request);
    const { userId } = requireBot(request);
    const channel = guild.channels.get(invite.channelId);
    const inChannel = channel ? channelPermissions(world, channel, userId) & Permission.ManageChannels : 0n;
    if (!inChannel && !(guildPermissions(guild, userId) & Permission.ManageGuild)) throw missingPermissions();
    deleteInvite(world, guild, invite, actorOf(request));
    return renderInvite(world, guild, invite);
  });

  const TARGETS = '/invites/:code/target-users';

  app.get(TARGETS, (request, reply) => {
    const { invite } = requireManaged(request);
    if (!invite.targets) throw unknown.inviteTargets();
    return reply.type('text/csv').send(['user_id', ...invite.targets.userIds].join('\n'));
  });

  app.put(TARGETS, (request, reply) => {
    const { invite } = requireManaged(request);
    setTargets(world, invite, targetsFrom(request));
    return reply.code(204).send();
  });

  app.get(`${TARGETS}/job-status`, (request) => {
    const { targets } = requireManaged(request).invite;
    if (!targets) throw unknown.inviteTargetsJob();
    const count = targets.userIds.length;
    const times = { created_at: targets.setAt, completed_at: targets.setAt };
    return { status: JOB_COMPLETED, total_users: count, processed_users: count, ...times, error_message: null };
  });

  function requireManaged(request: FastifyRequest): { guild: Guild; invite: InviteRecord } {
    const found = findInvite(request);
    const { userId } = requireBot(request);
    const isOwn = found.invite.inviterId === userId;
    if (!isOwn && !(guildPermissions(found.guild, userId) & Permission.ManageGuild)) throw missingPermissions();
    return found;
  }

  function guildChannel(request: FastifyRequest, permission: bigint) {
    const channel = requireChannel(world, request, permission);
    const guild = channel.guildId ? world.guilds.get(channel.guildId) : undefined;
    if (!guild || channel.thread || channel.type === ChannelType.GuildCategory) throw refused.channelType();
    return { channel, guild };
  }

  function findInvite(request: FastifyRequest): { guild: Guild; invite: InviteRecord } {
    requireBot(request);
    const { code } = request.params as { code: string };
    for (const guild of world.guilds.values()) {
      const invite = openInvites(guild).find((it) => it.code === code);
      if (invite) return { guild, invite };
    }
    throw unknown.invite();
  }
}

/** The people in a CSV file with one column of ids, with or without a heading. */
function targetsFrom({ uploads }: FastifyRequest): string[] {
  const file = uploads.find(({ field }) => field === TARGETS_FILE);
  if (!file) throw formError([TARGETS_FILE], 'BASE_TYPE_REQUIRED', 'This field is required');
  const [first = '', ...rest] = file.bytes
    .toString('utf8')
    .split(/\r?\n/)
    .map((line) => line.trim());
  const ids = [...(/^[a-z_ ]+$/i.test(first) ? [] : [first]), ...rest].filter((line) => line !== '');
  const isValid = ids.length > 0 && ids.every((id) => snowflake.safeParse(id).success);
  if (!isValid) throw formError([TARGETS_FILE], 'BASE_TYPE_BAD_VALUE', 'A column of user ids is needed.');
  return ids;
}
