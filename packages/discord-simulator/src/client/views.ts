import type { ChannelRecord, Guild, MessageRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import { renderMessage } from '../views/messages.js';
import { userOf } from '../views/users.js';
import { channelsFor, directChannelsOf } from './channels.js';
import { renderAccount, renderSomebody } from './people.js';

/** What a person sees: their guilds with the channels they may view. Members come by the screen, see `MemberLists`. */
export function renderWorldFor(world: World, userId: string): object {
  return {
    me: renderAccount(world, userOf(world, userId)),
    guilds: world.guildsOf(userId).map((guild) => renderClientGuild(world, guild, userId)),
    directChannels: directChannelsOf(world, userId),
  };
}

export function renderClientGuild(world: World, guild: Guild, userId: string): object {
  return {
    id: guild.id,
    ownerId: guild.ownerId,
    name: guild.name,
    iconUrl: guild.icon ? `/icons/${guild.id}/${guild.icon}.png` : null,
    memberCount: guild.members.size,
    channels: channelsFor(world, guild, userId),
    roles: [...guild.roles.values()].map(({ id, name, color, position, isHoisted }) => ({
      id,
      name,
      color,
      position,
      isHoisted,
    })),
    emojis: guild.emojis.map(({ id, name, isAnimated }) => ({ id, name, isAnimated })),
    ownRoleIds: guild.members.get(userId)?.roleIds ?? [],
  };
}

/** Messages oldest first, with everybody who is named in them. */
export function renderConversation(
  world: World,
  channel: ChannelRecord,
  { messages, viewerId }: { messages: readonly MessageRecord[]; viewerId: string },
): object {
  return {
    messages: messages.map((message) => renderMessage(world, message, { viewerId })).reverse(),
    people: peopleIn(world, channel, messages),
  };
}

/** Who wrote, is mentioned, is replied to or ran the command. */
export function peopleIn(world: World, channel: ChannelRecord, messages: readonly MessageRecord[]): object[] {
  const guild = channel.guildId ? world.guilds.get(channel.guildId) : undefined;
  const ids = new Set<string>();
  for (const { authorId, mentionIds, interaction, replyTo } of messages) {
    const original = replyTo && world.history(replyTo.channelId).get(replyTo.messageId);
    for (const id of [authorId, ...mentionIds, interaction?.userId, original?.authorId]) if (id) ids.add(id);
  }
  // What a webhook wrote says itself who it is from.
  return [...ids].filter((id) => world.users.has(id)).map((id) => renderSomebody(world, guild, id));
}
