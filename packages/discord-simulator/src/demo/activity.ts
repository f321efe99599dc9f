import type { World } from '../state/world.js';
import { communities } from './communities.js';
import { LivingGuild } from './living-guild.js';
import { Random } from './random.js';

export interface ActivityOptions {
  /** Average time between two messages of one guild by day, in milliseconds. */
  paceMs?: number | undefined;
  /** Makes what happens repeatable; that of the world's randomness when absent. */
  seed?: number | undefined;
}

export interface Activity {
  stop(): void;
}

const DEFAULT_PACE_MS = 7_000;

/** Lets the people of the demo chat on, join, leave and come and go until stopped. Keeps no process alive by itself. */
export function startActivity(
  world: World,
  { paceMs = DEFAULT_PACE_MS, seed = world.randomness.integer(2 ** 31) }: ActivityOptions = {},
): Activity {
  const living = communities.map(
    (community, index) => new LivingGuild(world, community, { paceMs, random: new Random(seed + index) }),
  );
  for (const guild of living) guild.start();
  return {
    stop: () => {
      for (const guild of living) guild.stop();
    },
  };
}
