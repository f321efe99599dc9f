import { ChannelType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { Community } from '../community.js';
import { demoId, demoIds } from '../ids.js';
import { okapiInternal, okapiShared, tidewellInternal, tidewellShared } from './client-talk.js';
import { assets, briefs, calendar, numbers, review } from './desk-talk.js';
import { incidents, invites, occasions, rules } from './history.js';
import { lanvozInternal, lanvozShared } from './lanvoz-talk.js';
import { bots, formerPeople, people, visitors } from './people.js';
import { announcements, cafe, studioFloor, wins } from './studio-talk.js';

const channelId = (index: number) => demoId('launchpadChannel', index);

/** Everybody who works here; clients see what is shared with them. */
const TEAM = [
  'Studio lead',
  'Producer',
  'Strategist',
  'Designer',
  'Copywriter',
  'Media buyer',
  'Trainee',
  'Integrations',
] as const;

/** A marketing studio that runs its campaigns, and talks with its clients, on Discord. */
export const launchpad: Community = {
  guildId: demoIds.launchpad,
  name: 'Launchpad',
  description: 'A small studio for campaigns with one good idea each.',
  locale: 'en-GB',
  roleId: (index) => demoId('launchpadRole', index),
  roles: [
    { name: 'Studio lead', color: 0xff6f61, isHoisted: true, permissions: Permission.Administrator },
    {
      name: 'Producer',
      color: 0xf5b301,
      isHoisted: true,
      permissions:
        Permission.ManageChannels |
        Permission.ManageMessages |
        Permission.ManageEvents |
        Permission.ManageNicknames |
        Permission.BanMembers |
        Permission.MentionEveryone,
    },
    { name: 'Strategist', color: 0x2ab7ca, isHoisted: true, permissions: Permission.ManageMessages },
    { name: 'Designer', color: 0xb388eb, isHoisted: true, permissions: 0n },
    { name: 'Copywriter', color: 0x57c785, isHoisted: true, permissions: 0n },
    { name: 'Media buyer', color: 0x5dade2, isHoisted: true, permissions: 0n },
    { name: 'Trainee', color: 0xf7aef8, isHoisted: true, permissions: 0n },
    { name: 'Client', color: 0xd4a373, isHoisted: true, permissions: 0n },
    { name: 'Integrations', color: 0x99aab5, isHoisted: true, permissions: 0n },
    { name: 'Tidewell', color: 0, isHoisted: false, permissions: 0n },
    { name: 'Okapi', color: 0, isHoisted: false, permissions: 0n },
    { name: 'Lanvoz', color: 0, isHoisted: false, permissions: 0n },
  ],
  people,
  crowd: [],
  bots,
  visitors,
  formerPeople,
  categories: [
    {
      id: channelId(0),
      name: 'Everybody',
      channels: [
        {
          id: channelId(1),
          name: 'welcome',
          topic: 'Where you are, and whom to ask',
          writableBy: ['Studio lead', 'Producer'],
          dialogues: [],
          firstMessage: [
            '**Welcome to Launchpad** 👋',
            'Clients: your shared channel is on the left, and Hanne answers within the hour.',
            'Chers clients : votre salon partagé est à gauche, Pascal vous y répond en français.',
          ].join('\n'),
        },
        {
          id: channelId(2),
          name: 'bot-commands',
          topic: 'Talk to the bot here',
          dialogues: [],
          firstMessage: 'This is the place to talk to the bot. Type `/` to see what it can do, or try `!ping`.',
        },
      ],
    },
    {
      id: channelId(3),
      name: 'Studio',
      channels: [
        {
          id: channelId(4),
          name: 'announcements',
          topic: 'From the leads and the producers',
          visibleTo: TEAM,
          isChronicle: true,
          dialogues: announcements,
        },
        {
          id: channelId(5),
          name: 'studio-floor',
          topic: 'As if we shared a table',
          visibleTo: TEAM,
          dialogues: studioFloor,
        },
        { id: channelId(6), name: 'wins', topic: 'Big ones, small ones', visibleTo: TEAM, dialogues: wins },
        {
          id: channelId(7),
          name: 'café-crème',
          topic: 'On parle français ici',
          visibleTo: ['Studio lead', 'Producer', 'Designer', 'Copywriter'],
          dialogues: cafe,
        },
        { id: channelId(8), name: 'Studio', topic: null, type: ChannelType.GuildVoice, dialogues: [] },
      ],
    },
    {
      id: channelId(9),
      name: 'Desk',
      channels: [
        { id: channelId(10), name: 'briefs', topic: 'One thread per campaign', visibleTo: TEAM, dialogues: briefs },
        { id: channelId(11), name: 'content-review', topic: 'Be kind, be exact', visibleTo: TEAM, dialogues: review },
        { id: channelId(12), name: 'assets', topic: 'Masters, exports, licences', visibleTo: TEAM, dialogues: assets },
        { id: channelId(13), name: 'calendar', topic: 'What goes live when', visibleTo: TEAM, dialogues: calendar },
        { id: channelId(14), name: 'campaign-numbers', topic: 'Radar posts here', visibleTo: TEAM, dialogues: numbers },
      ],
    },
    {
      id: channelId(15),
      name: 'Clients',
      channels: [
        {
          id: channelId(16),
          name: 'tidewell-shared',
          topic: 'With Greta of Tidewell',
          visibleTo: [...TEAM, 'Tidewell'],
          dialogues: tidewellShared,
        },
        {
          id: channelId(17),
          name: 'tidewell-internal',
          topic: 'Sparkling water. Dry humour',
          visibleTo: TEAM,
          dialogues: tidewellInternal,
        },
        {
          id: channelId(18),
          name: 'okapi-shared',
          topic: 'With Anjali of Okapi Bikes',
          visibleTo: [...TEAM, 'Okapi'],
          dialogues: okapiShared,
        },
        {
          id: channelId(19),
          name: 'okapi-internal',
          topic: 'Bicycles that fold',
          visibleTo: TEAM,
          dialogues: okapiInternal,
        },
        {
          id: channelId(20),
          name: 'lanvoz-partage',
          topic: 'Avec Soizic et Milo, biscuiterie Lanvoz',
          visibleTo: [...TEAM, 'Lanvoz'],
          dialogues: lanvozShared,
        },
        {
          id: channelId(21),
          name: 'lanvoz-interne',
          topic: 'Beurre, sel, vent',
          visibleTo: TEAM,
          dialogues: lanvozInternal,
        },
        { id: channelId(22), name: 'Client calls', topic: null, type: ChannelType.GuildVoice, dialogues: [] },
      ],
    },
    {
      id: channelId(23),
      name: 'Leads',
      channels: [
        {
          id: channelId(24),
          name: 'leads',
          topic: 'Money, people, embargoes',
          visibleTo: ['Studio lead'],
          dialogues: [],
        },
      ],
    },
  ],
  lexicon: {
    client: ['Tidewell', 'Okapi Bikes', 'Lanvoz'],
    client2: ['Okapi Bikes', 'Lanvoz', 'Tidewell'],
    season: ['spring launch', 'summer push', 'autumn campaign', 'winter edition', 'newcomers offer'],
    format: ['landing page', 'story series', 'newsletter', 'poster', 'short film', 'carousel', 'station takeover'],
    day: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'],
    hour: ['9:30', '10:00', '11:15', '14:00', '15:30', '16:00'],
    month: ['March', 'April', 'June', 'September', 'October'],
    holiday: ['long', 'bank holiday', 'Easter', 'midsummer'],
    award: ['Paper Crane awards', 'Golden Stapler', 'Northern Print prize'],
    budget: ['£1,200', '£2,400', '£3,800', '£6,500', '£9,000'],
    cost: ['£0.18', '£0.21', '£0.24', '£0.31'],
    cost2: ['£0.35', '£0.38', '£0.42'],
    thousands: ['18,400', '24,900', '41,200', '63,700', '102,300'],
    hundreds: ['312', '468', '590', '745', '880'],
    percent: ['9', '12', '17', '23', '31'],
    percent2: ['41', '46', '52', '57'],
    smallnumber: ['three', 'four', 'five', 'six'],
    bignumber: ['86', '112', '140', '175'],
    version: ['3', '4', '5', '6'],
    doc: ['b7f2', 'k31q', 'm9xt', 'r4dd', 'w0pe', 'z8ha'],
    subject: ['One small thing', 'Before breakfast', 'You asked about the coat', 'Nine seconds', 'The quiet one'],
  },
  pastimes: [
    { name: 'focus beats', type: 2 },
    { name: 'rain on windows', type: 2 },
    { name: 'a design talk', type: 3 },
    { name: 'a podcast about fonts', type: 2 },
  ],
  slips: ['sorry, wrong client', 'ignore that, meant for the other thread', 'oups, mauvais salon'],
  hours: { from: 8, to: 18 },
  voiceHours: { from: 9, to: 17 },
  isClosedOnWeekends: true,
  conversationsPerDay: 7,
  invites,
  rules,
  incidents,
  occasions,
};
