import type { Guild } from '../state/model.js';
import { channelPermissions } from '../state/permissions.js';
import type { World } from '../state/world.js';
import { renderChannel } from '../views/guilds.js';
import { renderMember, renderUser, userOf } from '../views/users.js';
import type { Interaction } from './interactions.js';
import { contextOf } from './installations.js';

/** Bytes of the largest file an answer may carry. */
const ATTACHMENT_SIZE_LIMIT = 10_485_760;

/** `INTERACTION_CREATE`, as the application receives it. @see https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object */
export function renderInteraction(
  world: World,
  interaction: Interaction,
  renderedSource: Record<string, unknown> | undefined,
): object {
  const { channel, userId, applicationId } = interaction;
  const user = userOf(world, userId);
  const guild = channel.guildId ? world.guilds.get(channel.guildId) : undefined;
  const member = guild?.members.get(userId);
  const permissions = channelPermissions(world, channel, userId).toString();
  return {
    id: interaction.id,
    application_id: applicationId,
    type: interaction.type,
    token: interaction.token,
    version: 1,
    data: interaction.data,
    channel_id: channel.id,
    channel: { ...renderChannel(world, channel), permissions },
    locale: user.locale,
    app_permissions: channelPermissions(world, channel, applicationId).toString(),
    attachment_size_limit: ATTACHMENT_SIZE_LIMIT,
    entitlements: [],
    authorizing_integration_owners: interaction.owners,
    context: contextOf(channel, applicationId),
    ...(guild ? renderGuildOf(guild) : {}),
    ...(member ? { member: { ...renderMember(world, member), permissions } } : { user: renderUser(user) }),
    ...(renderedSource ? { message: renderedSource } : {}),
  };
}

function renderGuildOf({ id, preferredLocale, settings }: Guild): object {
  const guild = { id, locale: preferredLocale, features: settings.features };
  return { guild_id: id, guild_locale: preferredLocale, guild };
}
