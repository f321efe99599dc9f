import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { Community } from '../community.js';
import { demoId, demoIds } from '../ids.js';
import { announcements, gameNight, hardware, lookingForGroup, staff } from './game-talk.js';
import { people, visitors } from './people.js';
import { art, general, introductions } from './tavern-talk.js';

const channelId = (index: number) => demoId('pixelTavernChannel', index);
const STAFF = ['Owner', 'Admin', 'Moderator'] as const;

/** An English-speaking gaming community. */
export const pixelTavern: Community = {
  guildId: demoIds.pixelTavern,
  name: 'Pixel Tavern',
  description: 'A friendly table for people who play games. Pull up a chair.',
  locale: 'en-US',
  roles: [
    { name: 'Owner', color: 0xf1c40f, isHoisted: true, permissions: Permission.Administrator },
    { name: 'Admin', color: 0xff7b6e, isHoisted: true, permissions: Permission.Administrator },
    {
      name: 'Moderator',
      color: 0x57c785,
      isHoisted: true,
      permissions:
        Permission.KickMembers |
        Permission.BanMembers |
        Permission.ModerateMembers |
        Permission.ManageMessages |
        Permission.ManageNicknames |
        Permission.ViewAuditLog,
    },
    {
      name: 'Event Host',
      color: 0xf0a35c,
      isHoisted: true,
      permissions: Permission.MentionEveryone | Permission.ManageEvents,
    },
    { name: 'Regular', color: 0x5dade2, isHoisted: true, permissions: Permission.UseExternalEmojis },
    { name: 'Speedrunner', color: 0xf47fbf, isHoisted: false, permissions: 0n },
    { name: 'Cozy Corner', color: 0xb8a6ff, isHoisted: false, permissions: 0n },
  ],
  people,
  visitors,
  categories: [
    {
      id: channelId(0),
      name: 'Welcome',
      channels: [
        {
          id: channelId(1),
          name: 'announcements',
          topic: 'News from the staff',
          writableBy: STAFF,
          dialogues: announcements,
        },
        { id: channelId(2), name: 'introductions', topic: 'Say hello 👋', dialogues: introductions },
      ],
    },
    {
      id: channelId(3),
      name: 'Tavern',
      channels: [
        { id: channelId(4), name: 'general', topic: 'Everything and nothing. Be kind.', dialogues: general },
        { id: channelId(5), name: 'screenshots-and-art', topic: 'Show what you found or made', dialogues: art },
        { id: channelId(6), name: 'hardware', topic: 'Builds, upgrades and strange noises', dialogues: hardware },
        {
          id: channelId(7),
          name: 'bot-commands',
          topic: 'Talk to the bot here',
          dialogues: [],
          firstMessage: 'This is the place to talk to the bot. Type `/` to see what it can do, or try `!ping`.',
        },
      ],
    },
    {
      id: channelId(8),
      name: 'Play together',
      channels: [
        { id: channelId(9), name: 'looking-for-group', topic: 'Game, time, how many', dialogues: lookingForGroup },
        { id: channelId(10), name: 'game-night', topic: 'Every week, all welcome', dialogues: gameNight },
        { id: channelId(11), name: 'Table One', topic: null, isVoice: true, dialogues: [] },
      ],
    },
    {
      id: channelId(12),
      name: 'Staff',
      channels: [
        {
          id: channelId(13),
          name: 'staff-room',
          topic: 'What is said here stays here',
          visibleTo: STAFF,
          dialogues: staff,
        },
      ],
    },
  ],
  lexicon: {
    game: [
      'Hollow Lanterns',
      'Starfreight',
      'Emberfall II',
      'Night Orchard',
      'Saltwind',
      'The Ninth Door',
      'Copper Skies',
      'Moonlit Depths',
    ],
    coop: ['Deep Rockers', 'Bakery Brigade', 'Two for the Road', 'Farmhand Friends', 'Voidship Crew', 'Mossfolk'],
    versus: ['Gridlock Arena', 'Kart Kingdom', 'Clash of Quills', 'Skyhook', 'Rune Duel'],
    raid: ['the Clockwork Citadel', 'Drowned Keep', 'the Ashen Spire', 'Vault of Echoes'],
    device: ['Steam Deck', 'Switch 2', 'ROG Ally', 'Legion Go'],
    drop: ['Moonstone Charm', 'golden ticket', 'Wyrm Scale', 'holo card', 'lucky turnip'],
    day: ['Friday', 'Saturday', 'Sunday', 'Thursday', 'Wednesday'],
    hour: ['18:30', '19:00', '20:00', '20:30', '21:00'],
    event: ['game night', 'the anniversary', 'the charity stream', 'the weekend marathon'],
    price: ['15 €', '20 €', '$25', '£180', '200 €'],
    ram: ['16 GB', '32 GB'],
    temp: ['84', '86', '87', '89'],
    temp2: ['67', '69', '71'],
    two: ['two', 'three'],
    smallnumber: ['three', 'four', 'five', 'six', 'seven', 'nine'],
    bignumber: ['40', '60', '85', '120', '200', '340'],
    bignumber2: ['14', '18', '22', '27', '31'],
    year: ['this year', '2026'],
  },
  pastimes: [
    { name: 'Hollow Lanterns', type: 0 },
    { name: 'Starfreight', type: 0 },
    { name: 'Bakery Brigade', type: 0 },
    { name: 'Gridlock Arena', type: 0 },
    { name: 'tavern lutes', type: 2 },
    { name: 'a speedrun marathon', type: 3 },
  ],
  slips: ['sorry, wrong channel', 'ignore that, my cat typed it', 'whoops, meant for DMs'],
  hours: { from: 10, to: 23 },
  isClosedOnWeekends: false,
  conversationsPerDay: 6,
};
