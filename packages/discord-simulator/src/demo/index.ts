import type { World } from '../state/world.js';
import { communities } from './communities.js';
import { addAccount, foundCommunity } from './founding.js';
import { demoId, demoIds } from './ids.js';
import { writePast } from './past.js';
import { Random } from './random.js';

export { type Activity, startActivity } from './activity.js';
export { demoIds } from './ids.js';

export interface SeedOptions {
  /** The moment the demo's past leads up to, in epoch milliseconds; now when absent. */
  nowMs?: number | undefined;
}

/**
 * Fills an empty world with the demo: *Pixel Tavern* and *Volta Électricité* with their people, channels and two weeks of messages, and
 * somebody who is in no guild. The applications that the world knows join both guilds as bots.
 */
export function seedDemo(world: World, { nowMs = world.clock.now() }: SeedOptions = {}): void {
  for (const community of communities) {
    const kind = community.guildId === demoIds.volta ? 'voltaRole' : 'pixelTavernRole';
    foundCommunity(world, { community, roleId: (index) => demoId(kind, index), nowMs });
    writePast(world, community, nowMs);
  }
  const outsider = {
    id: demoIds.outsider,
    username: 'outsider',
    globalName: 'Robin Outsider',
    locale: 'en-GB',
    roles: [],
  };
  addAccount(world, outsider, new Random(5));
}
