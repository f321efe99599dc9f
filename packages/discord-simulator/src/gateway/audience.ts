import type { Dispatch } from '../state/dispatch.js';
import { canView, channelPermissions, guildPermissions } from '../state/permissions.js';
import type { World } from '../state/world.js';
import type { Session } from './session.js';

/** Whether a session is sent a dispatch: by its intents and its shard, and by what its bot may see. */
export function mayReceive(world: World, session: Session, dispatch: Dispatch): boolean {
  const { guildId, channelId, userIds, intents } = dispatch;
  if (!session.holds(intents) && !isAboutOwnMembership(session, dispatch)) return false;
  if (!session.coversGuild(guildId)) return false;
  if (userIds) return userIds.includes(session.botId);
  const guild = guildId ? world.guilds.get(guildId) : undefined;
  if (guildId && !guild?.members.has(session.botId)) return false;
  const permission = dispatch.permission ?? 0n;
  if (!channelId) return !guild || (guildPermissions(guild, session.botId) & permission) === permission;
  const channel = world.channel(channelId);
  if (!channel || !canView(world, channel, session.botId)) return false;
  return permission === 0n || (channelPermissions(world, channel, session.botId) & permission) === permission;
}

/** A bot hears of changes to its own membership whatever its intents. @see https://docs.discord.com/developers/events/gateway#list-of-intents */
function isAboutOwnMembership(session: Session, { name, data }: Dispatch): boolean {
  return name === 'GUILD_MEMBER_UPDATE' && (data as { user?: { id: string } }).user?.id === session.botId;
}

/** Whether a session is shown what was written in the messages that a dispatch quotes. */
export function seesContent(session: Session, { contentVisibleTo }: Dispatch): boolean {
  return contentVisibleTo === undefined || session.seesContent || contentVisibleTo.includes(session.botId);
}
