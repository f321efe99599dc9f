import { snowflakeAt } from '../state/snowflake.js';

/** Ids of the demo never change, so that tests, screenshots and bookmarks hold across resets. Each kind has its own epoch. */
const epochs = {
  guild: Date.UTC(2019, 2, 14, 18, 30),
  pixelTavernRole: Date.UTC(2019, 2, 14, 18, 40),
  pixelTavernChannel: Date.UTC(2019, 2, 14, 19),
  pixelTavernPerson: Date.UTC(2017, 5, 3, 9),
  pixelTavernVisitor: Date.UTC(2022, 8, 20, 9),
  pixelTavernCrowdPerson: Date.UTC(2016, 3, 2, 11),
  pixelTavernBannedPerson: Date.UTC(2024, 1, 9, 3),
  launchpadRole: Date.UTC(2022, 4, 16, 8),
  launchpadChannel: Date.UTC(2022, 4, 16, 9),
  launchpadPerson: Date.UTC(2018, 7, 21, 13),
  launchpadVisitor: Date.UTC(2023, 3, 4, 10),
  launchpadBot: Date.UTC(2022, 4, 17, 10),
  voltaRole: Date.UTC(2021, 0, 11, 8),
  voltaChannel: Date.UTC(2021, 0, 11, 9),
  voltaFormerPerson: Date.UTC(2023, 5, 12, 8),
  voltaPerson: Date.UTC(2020, 9, 5, 9),
  outsider: Date.UTC(2018, 10, 2, 9),
} as const;

/** Keeps accounts of one kind from looking as if they were made in the same minute. */
const STEP_MS = 37 * 3_600_000 + 1_234_567;

export function demoId(kind: keyof typeof epochs, index = 0): string {
  const isAccount = kind.endsWith('Person') || kind.endsWith('Visitor');
  return snowflakeAt(epochs[kind] + index * (isAccount ? STEP_MS : 1_000), index);
}

/** The ids that tests and the sign-in page name. */
export const demoIds = {
  pixelTavern: demoId('guild', 0),
  volta: demoId('guild', 1),
  /** Robin Vale, who owns Pixel Tavern. */
  pixelTavernOwner: demoId('pixelTavernPerson', 0),
  /** Alex Morgan, administrator of Pixel Tavern: whom to sign in as first. */
  administrator: demoId('pixelTavernPerson', 1),
  /** Sam Okafor, a plain member of Pixel Tavern. */
  member: demoId('pixelTavernPerson', 5),
  /** Hélène Marchand, who owns Volta Électricité. */
  voltaOwner: demoId('voltaPerson', 0),
  /** Bastien Roux, apprentice at Volta Électricité who plays in Pixel Tavern too. */
  voltaMember: demoId('voltaPerson', 21),
  launchpad: demoId('guild', 2),
  /** Imani Castellan, who owns Launchpad. */
  launchpadOwner: demoId('launchpadPerson', 0),
  /** Théo Aubry, designer at Launchpad. */
  launchpadMember: demoId('launchpadPerson', 5),
  /** Greta Solheim of Tidewell, a client of Launchpad who sees little more than what is shared with her. */
  launchpadClient: demoId('launchpadPerson', 14),
  /** Robin Outsider, who is in no guild. */
  outsider: demoId('outsider'),
} as const;
