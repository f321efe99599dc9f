import { ChannelType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { Community } from '../community.js';
import { demoId, demoIds } from '../ids.js';
import { announcements, gameNight, hardware, lookingForGroup, staff } from './game-talk.js';
import { busyGeneral, clips, pets, speedruns } from './crowd-talk.js';
import { help } from './help-talk.js';
import { incidents, invites, occasions, rules } from './history.js';
import { crowd, formerPeople, people, visitors } from './people.js';
import { art, general, introductions } from './tavern-talk.js';

const channelId = (index: number) => demoId('pixelTavernChannel', index);
const STAFF = ['Owner', 'Admin', 'Moderator'] as const;

const RULES = [
  '**House rules**',
  '1. Be kind. Everybody was new once.',
  '2. No slurs, no harassment, no politics at the table.',
  '3. Ads and invites only after asking a moderator.',
  '4. Spoilers go behind spoiler tags.',
  '5. The staff has the last word, and listens before it.',
].join('\n');

/** An English-speaking gaming community. */
export const pixelTavern: Community = {
  guildId: demoIds.pixelTavern,
  name: 'Pixel Tavern',
  description: 'A friendly table for people who play games. Pull up a chair.',
  locale: 'en-US',
  roleId: (index) => demoId('pixelTavernRole', index),
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
    { name: 'Night Shift', color: 0x7f8cff, isHoisted: false, permissions: 0n },
    { name: 'Europe', color: 0, isHoisted: false, permissions: 0n },
    { name: 'Americas', color: 0, isHoisted: false, permissions: 0n },
    { name: 'Asia-Pacific', color: 0, isHoisted: false, permissions: 0n },
    { name: 'Africa & Middle East', color: 0, isHoisted: false, permissions: 0n },
  ],
  people,
  crowd,
  bots: [],
  visitors,
  formerPeople,
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
          isChronicle: true,
          dialogues: announcements,
        },
        {
          id: channelId(14),
          name: 'rules',
          topic: 'Five lines, please read them',
          writableBy: STAFF,
          dialogues: [],
          firstMessage: RULES,
        },
        { id: channelId(2), name: 'introductions', topic: 'Say hello 👋', dialogues: introductions },
      ],
    },
    {
      id: channelId(3),
      name: 'Tavern',
      channels: [
        {
          id: channelId(4),
          name: 'general',
          topic: 'Everything and nothing. Be kind.',
          dialogues: [...general, ...busyGeneral],
        },
        { id: channelId(5), name: 'screenshots-and-art', topic: 'Show what you found or made', dialogues: art },
        { id: channelId(6), name: 'hardware', topic: 'Builds, upgrades and strange noises', dialogues: hardware },
        { id: channelId(15), name: 'pets-and-food', topic: 'Cat tax is due on arrival', dialogues: pets },
        {
          id: channelId(16),
          name: 'help-desk',
          topic: 'Ask away. One post per question, please, and mark it when it is answered',
          type: ChannelType.GuildForum,
          tags: [
            { name: 'answered', emoji: '✅' },
            { name: 'games', emoji: '🎮' },
            { name: 'hardware', emoji: '🔧' },
            { name: 'this server', emoji: '🍺' },
          ],
          isChronicle: true,
          dialogues: help,
        },
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
        { id: channelId(17), name: 'speedrun-corner', topic: 'Routes, skips and excuses', dialogues: speedruns },
        { id: channelId(18), name: 'clips', topic: 'Thirty seconds or less', dialogues: clips },
        { id: channelId(11), name: 'Table One', topic: null, type: ChannelType.GuildVoice, dialogues: [] },
        { id: channelId(19), name: 'Table Two', topic: null, type: ChannelType.GuildVoice, dialogues: [] },
        { id: channelId(20), name: 'Quiet Corner', topic: null, type: ChannelType.GuildVoice, dialogues: [] },
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
        {
          id: channelId(21),
          name: 'mod-log',
          topic: 'What AutoMod stopped',
          visibleTo: STAFF,
          dialogues: [],
        },
      ],
    },
  ],
  lexicon: {
    clip: ['k7Rt2', 'pX94q', 'vv0Lm', 'Za3h8', 'q1Bwe', 'mM5ty', '8cUdo', 'Nf2sA'],
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
    device: ['Ember Pocket', 'Lumen Deck', 'Nimbus Go', 'Orbit Mini'],
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
  voiceHours: { from: 16, to: 24 },
  conversationsPerDay: 10,
  invites,
  rules,
  incidents,
  occasions,
};
