import type { Incident, InviteSpec, Occasion, RuleSpec } from '../community.js';

export const invites: readonly InviteSpec[] = [
  { channel: 'welcome', by: 'hanne.vik', daysAgo: 85, maxAgeSeconds: 0, maxUses: 0 },
  { channel: 'tidewell-shared', by: 'hanne.vik', daysAgo: 5, maxAgeSeconds: 604_800, maxUses: 1 },
];

export const rules: readonly RuleSpec[] = [
  {
    name: 'Embargoed names',
    by: 'imani.castellan',
    keywords: ['*project halcyon*', '*halcyon launch*'],
    customMessage: 'That project is under embargo: please talk about it in person.',
    alertChannel: 'leads',
    exemptRoles: ['Studio lead'],
  },
];

export const incidents: readonly Incident[] = [
  {
    daysAgo: 79,
    hour: 13,
    kind: 'ban',
    by: 'bram.oduya',
    target: 'partnership.deals',
    reason: 'Cold sales through a forwarded invitation',
    said: { channel: 'welcome', text: 'Grow your followers 10x, first 1000 free, message me now' },
  },
  {
    daysAgo: 52,
    hour: 16,
    kind: 'kick',
    by: 'imani.castellan',
    target: 'lowell.harker',
    reason: 'Contract ended, access removed as agreed. All the best!',
  },
  {
    daysAgo: 34,
    hour: 10,
    kind: 'ban',
    by: 'hanne.vik',
    target: 'greta.solheim.tidewell',
    reason: 'Pretended to be Greta (capital i for l), asked for an invoice to be paid elsewhere',
  },
  {
    daysAgo: 20,
    hour: 11,
    kind: 'blocked',
    by: 'imani.castellan',
    target: 'oona.feld',
    reason: '',
    said: { channel: 'studio-floor', text: 'is project halcyon still on for spring? so excited' },
  },
  {
    daysAgo: 14,
    hour: 9,
    kind: 'rename',
    by: 'hanne.vik',
    target: 'marlon.achebe',
    nick: 'Marlon (numbers)',
    reason: 'So that clients know whom to ask',
  },
];

export const occasions: readonly Occasion[] = [
  {
    name: 'Tidewell: “Awake” goes live 🚀',
    description:
      'Posters, film and the station takeover. Marlon watches the first hour, everybody else watches Marlon.',
    by: 'hanne.vik',
    inDays: 2,
    hour: 9,
    minutes: 120,
    channel: 'Studio',
    interested: 11,
  },
  {
    name: 'Okapi: film shoot in the old tram depot',
    description: 'Call time half past six. One long take, so please eat before.',
    by: 'pascal.denoyer',
    inDays: 6,
    hour: 6,
    minutes: 600,
    location: 'Tram depot, hall 3',
    interested: 6,
  },
  {
    name: 'Biscuiterie Lanvoz : présentation du coffret de fin d’année',
    description: 'En visio avec Soizic et Milo. Échantillons envoyés la veille.',
    by: 'pascal.denoyer',
    inDays: 4,
    hour: 14,
    minutes: 60,
    channel: 'Client calls',
    interested: 5,
  },
  {
    name: 'Yuki’s birthday 🎂',
    description: 'Cake at four. The card is with Hanne.',
    by: 'junia.parkes',
    inDays: 1,
    hour: 15,
    minutes: 45,
    location: 'Studio kitchen',
    interested: 12,
  },
];
