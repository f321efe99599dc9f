import { Clock } from '../state/clock.js';
import { Randomness } from '../state/randomness.js';
import { allChannels, restore, snapshotPieces, stateFile } from '../state/snapshot.js';
import { World } from '../state/world.js';
import { communities } from './communities.js';
import { addAccount } from './founding.js';
import { demoIds } from './ids.js';
import { Past } from './past.js';
import { Random } from './random.js';

export { type Activity, startActivity } from './activity.js';
export { demoIds } from './ids.js';

const DAY_MS = 86_400_000;
/** Days a fresh demo looks back on. */
const PAST_DAYS = 91;

export interface SeedOptions {
  /** The moment the demo's past leads up to, in epoch milliseconds; now when absent. */
  nowMs?: number | undefined;
}

/**
 * Fills an empty world with the demo: *Pixel Tavern*, *Volta Électricité* and *Launchpad* with their people, channels and three months
 * behind them, and somebody who is in no guild. The applications that the world knows join the guilds as bots.
 *
 * The past is lived through in a world of its own, whose clock runs through the three months: everything that happened has the id and
 * the time it would have, and all that Discord keeps of it.
 */
export function seedDemo(world: World, { nowMs = world.clock.now() }: SeedOptions = {}): void {
  const midnightMs = nowMs - (nowMs % DAY_MS);
  const past = new World(new Clock(midnightMs - PAST_DAYS * DAY_MS), new Randomness('demo'), world.files);
  for (const [id, application] of world.applications) past.applications.set(id, application);
  const histories = communities.map((community) => new Past(past, community, nowMs));
  for (const history of histories) history.begin();
  for (let daysAgo = PAST_DAYS; daysAgo >= 0; daysAgo -= 1) {
    for (const history of histories) history.planDay(daysAgo);
    past.clock.advance(daysAgo > 0 ? DAY_MS : nowMs - midnightMs);
  }
  for (const history of histories) history.arrive();
  addAccount(past, robinOutsider, new Random(5));
  bringOver(past, world);
}

const robinOutsider = {
  id: demoIds.outsider,
  username: 'outsider',
  globalName: 'Robin Outsider',
  locale: 'en-GB',
  roles: [],
};

/** Makes the one world go on where the other has come to, just as if it were read back from disk. */
function bringOver(past: World, world: World): void {
  restore(world, stateFile.parse(JSON.parse([...snapshotPieces(past)].join(''))));
  for (const { id } of allChannels(past)) {
    for (const message of past.history(id).all()) {
      world.snowflakes.skipPast(message.id);
      world.history(id).put(message);
    }
  }
}
