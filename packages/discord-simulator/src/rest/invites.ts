import { ChannelType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { createInvite, deleteInvite, openInvites } from '../actions/invites.js';
import type { SimulatorContext } from '../context.js';
import type { Guild, InviteRecord } from '../state/model.js';
import { channelPermissions, guildPermissions } from '../state/permissions.js';
import { renderCountedInvite, renderInvite, renderManagedInvite } from '../views/invites.js';
import { actorOf, requireBot, requireChannel, requireGuildPermission } from './access.js';
import { missingPermissions, parseForm, refused, refuseUnserved, unknown } from './errors.js';

const MAX_INVITES = 1_000;

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
    refuseUnserved(body, ['target_type', 'target_user_id', 'target_application_id', 'role_ids', 'target_users_file']);
    if (openInvites(guild).length >= MAX_INVITES) throw refused.tooManyInvites();
    const draft = {
      channelId: channel.id,
      maxAgeSeconds: body.max_age ?? undefined,
      maxUses: body.max_uses ?? undefined,
      isTemporary: body.temporary ?? undefined,
      isUnique: body.unique ?? undefined,
    };
    return renderManagedInvite(world, guild, createInvite(world, guild, draft, actorOf(request)));
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
