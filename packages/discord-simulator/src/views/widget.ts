import { ChannelType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { ChannelRecord, Guild } from '../state/model.js';
import type { World } from '../state/world.js';
import { onlineCount } from './guilds.js';
import { userOf } from './users.js';

/** Online members that a widget names. @see https://docs.discord.com/developers/resources/guild#guild-widget-object */
const MAX_MEMBERS = 100;

/** What anybody may see of a guild that shows its widget: numbers stand in for the ids of its members. */
export function renderWidget(world: World, guild: Guild, inviteCode: string | null): object {
  const voiceChannels = [...guild.channels.values()].filter((channel) => isOpenVoice(guild, channel));
  const online = [...guild.members.keys()].filter((id) => world.presence(id).status !== 'offline');
  return {
    id: guild.id,
    name: guild.name,
    instant_invite: inviteCode === null ? null : `https://discord.com/invite/${inviteCode}`,
    channels: voiceChannels.map(({ id, name, position }) => ({ id, name, position })),
    members: online.slice(0, MAX_MEMBERS).map((id, index) => renderWidgetMember(world, guild, { id, index })),
    presence_count: onlineCount(world, guild),
  };
}

function isOpenVoice(guild: Guild, channel: ChannelRecord): boolean {
  const everyone = channel.overwrites.find(({ id }) => id === guild.id);
  return channel.type === ChannelType.GuildVoice && (BigInt(everyone?.deny ?? 0) & Permission.ViewChannel) === 0n;
}

function renderWidgetMember(world: World, guild: Guild, { id, index }: { id: string; index: number }): object {
  const user = userOf(world, id);
  const { status, activities } = world.presence(id);
  const [activity] = activities;
  const voice = guild.voiceStates.get(id);
  const path = user.avatar ? `avatars/${id}/${user.avatar}.png` : `embed/avatars/${(BigInt(id) >> 22n) % 6n}.png`;
  return {
    id: String(index),
    username: guild.members.get(id)?.nick ?? user.globalName ?? user.username,
    discriminator: '0000',
    avatar: null,
    status,
    avatar_url: world.files.urlOf(path),
    ...(typeof activity?.['name'] === 'string' ? { activity: { name: activity['name'] } } : {}),
    ...(voice ? { channel_id: voice.channelId, deaf: voice.isDeafened, mute: voice.isMuted } : {}),
  };
}
