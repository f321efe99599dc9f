import { intents } from '../state/dispatch.js';
import type { ChannelRecord, Guild } from '../state/model.js';
import { canView } from '../state/permissions.js';
import type { World } from '../state/world.js';
import { isThread, renderThread, renderThreadMember } from '../views/threads.js';

/**
 * Makes a change of roles or overwrites; a bot that thereby sees a channel it did not see before is told of the active threads in it.
 * @see https://docs.discord.com/developers/events/gateway-events#thread-list-sync
 */
export function withThreadSync(world: World, guild: Guild, change: () => unknown): void {
  const active = [...guild.threads.values()].filter((thread) => !thread.thread?.isArchived);
  if (active.length === 0) {
    change();
    return;
  }
  const parents = [...new Set(active.map((thread) => thread.parentId))]
    .map((id) => guild.channels.get(id ?? ''))
    .filter((channel) => channel !== undefined);
  const botIds = [...world.applications.keys()].filter((id) => guild.members.has(id));
  const seenBy = (botId: string) => parents.filter((channel) => canView(world, channel, botId));
  const before = new Map(botIds.map((botId) => [botId, seenBy(botId)]));
  change();
  for (const botId of botIds) {
    const gained = seenBy(botId).filter((channel) => !before.get(botId)?.includes(channel));
    if (gained.length > 0) publishSync(world, guild, { botId, gained });
  }
}

function publishSync(world: World, guild: Guild, { botId, gained }: { botId: string; gained: ChannelRecord[] }): void {
  const channelIds = gained.map((channel) => channel.id);
  const threads = [...guild.threads.values()].filter(
    (thread) =>
      !thread.thread?.isArchived && channelIds.includes(thread.parentId ?? '') && canView(world, thread, botId),
  );
  const data = {
    guild_id: guild.id,
    channel_ids: channelIds,
    threads: threads.filter(isThread).map(renderThread),
    members: threads.filter(isThread).flatMap((thread) => renderThreadMember(thread, botId) ?? []),
  };
  world.publish({ name: 'THREAD_LIST_SYNC', data, guildId: guild.id, intents: intents.guilds, userIds: [botId] });
}
