import { ChannelType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { Control } from '../src/control/control.js';

/** A small world for tests of the web client: a guild that speaks English, and one that speaks French. */
export interface Tavern {
  guildId: string;
  voltaId: string;
  /** Administrator; the first of all people. */
  alex: string;
  /** Owns the tavern. */
  robin: string;
  /** Moderator. */
  bear: string;
  /** Plain member. */
  sam: string;
  /** Owns Volta, and speaks French. */
  helene: string;
  /** Plain member of both guilds. */
  bastien: string;
  channels: Record<'general' | 'hardware' | 'pets' | 'gameNight' | 'lookingForGroup' | 'table' | 'staff', string>;
}

/** More than two pages of messages. */
const OLD_MESSAGES = 120;

const MODERATION =
  Permission.KickMembers | Permission.BanMembers | Permission.ModerateMembers | Permission.ManageNicknames;

export function openTavern(control: Control): Tavern {
  const person = (username: string, globalName: string, locale = 'en-US') =>
    control.createUser({ username, globalName, locale }).id;
  const people = {
    alex: person('alexmorgan', 'Alex Morgan'),
    robin: person('robinvale', 'Robin Vale'),
    bear: person('pixelbear', 'PixelBear'),
    sam: person('samokafor', 'Sam Okafor'),
    helene: person('helene.m', 'Hélène Marchand', 'fr'),
    bastien: person('bastien.roux', 'Bastien Roux', 'fr'),
  };
  const guildId = control.createGuild({ name: 'Pixel Tavern', ownerId: people.robin }).id;
  const moderator = control.createRole(guildId, { name: 'Moderator', isHoisted: true, permissions: MODERATION });
  const admin = control.createRole(guildId, { name: 'Admin', isHoisted: true, permissions: Permission.Administrator });
  control.addMember(guildId, people.alex, { roleIds: [admin.id] });
  control.addMember(guildId, people.bear, { roleIds: [moderator.id] });
  control.addMember(guildId, people.sam);
  control.addMember(guildId, people.bastien);
  const channels = openChannels(control, guildId);
  for (let index = 1; index <= OLD_MESSAGES; index += 1)
    control.sendMessage(index % 2 === 0 ? people.sam : people.bear, channels.general, `message ${index}`);
  const voltaId = control.createGuild({ name: 'Volta Électricité', ownerId: people.helene }).id;
  control.addMember(voltaId, people.bastien);
  const { id } = control.createChannel(voltaId, { name: 'général' });
  control.sendMessage(people.bastien, id, 'bonjour');
  for (const userId of Object.values(people)) control.setPresence(userId, { status: 'online' });
  return { guildId, voltaId, ...people, channels };
}

function openChannels(control: Control, guildId: string): Tavern['channels'] {
  let position = 0;
  const open = (name: string, draft: { type?: ChannelType; parentId?: string } = {}) =>
    control.createChannel(guildId, { name, position: (position += 1), ...draft }).id;
  const category = open('Tavern', { type: ChannelType.GuildCategory });
  const general = open('general', { parentId: category });
  const hardware = open('hardware', { parentId: category });
  const pets = open('pets-and-food', { parentId: category });
  const games = open('Play together', { type: ChannelType.GuildCategory });
  const lookingForGroup = open('looking-for-group', { parentId: games });
  const gameNight = open('game-night', { parentId: games });
  const table = open('Table One', { type: ChannelType.GuildVoice, parentId: games });
  const closed = { id: guildId, type: 0 as const, allow: '0', deny: Permission.ViewChannel.toString() };
  const staff = control.createChannel(guildId, { name: 'staff-room', overwrites: [closed] }).id;
  return { general, hardware, pets, gameNight, lookingForGroup, table, staff };
}
