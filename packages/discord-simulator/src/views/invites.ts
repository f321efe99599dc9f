import type { Guild, InviteRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import { featuresOf } from './guild-settings.js';
import { onlineCount } from './guilds.js';
import { renderUser, userOf } from './users.js';

/** The moment an invite ends, or null for one without end. */
export function inviteExpiry({ createdAt, maxAgeSeconds }: InviteRecord): string | null {
  return maxAgeSeconds === 0 ? null : new Date(Date.parse(createdAt) + maxAgeSeconds * 1_000).toISOString();
}

/** @see https://docs.discord.com/developers/resources/invite#invite-object */
export function renderInvite(world: World, guild: Guild, invite: InviteRecord): object {
  const channel = guild.channels.get(invite.channelId);
  return {
    type: 0,
    code: invite.code,
    inviter: renderUser(userOf(world, invite.inviterId)),
    expires_at: inviteExpiry(invite),
    flags: 0,
    guild_id: guild.id,
    guild: {
      id: guild.id,
      name: guild.name,
      icon: guild.icon,
      description: guild.description,
      splash: null,
      banner: null,
      features: featuresOf(guild),
      verification_level: guild.settings.verificationLevel,
      vanity_url_code: guild.settings.vanityCode,
      nsfw: false,
      nsfw_level: 0,
      premium_subscription_count: 0,
      premium_tier: 0,
    },
    channel: { id: invite.channelId, name: channel?.name ?? '', type: channel?.type ?? 0 },
  };
}

/** An invite as those see it who may manage it. @see https://docs.discord.com/developers/resources/invite#invite-metadata-object */
export function renderManagedInvite(world: World, guild: Guild, invite: InviteRecord): object {
  return { ...renderInvite(world, guild, invite), ...renderUse(invite) };
}

export function renderCountedInvite(world: World, guild: Guild, invite: InviteRecord): object {
  return {
    ...renderInvite(world, guild, invite),
    approximate_member_count: guild.members.size,
    approximate_presence_count: onlineCount(world, guild),
  };
}

/** How an invite may be used and was: the part that invites and their dispatch share. */
export function renderUse(invite: InviteRecord): object {
  return {
    created_at: invite.createdAt,
    max_age: invite.maxAgeSeconds,
    max_uses: invite.maxUses,
    temporary: invite.isTemporary,
    uses: invite.uses,
  };
}
