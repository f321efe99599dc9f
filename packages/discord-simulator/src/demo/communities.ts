import type { Community } from './community.js';
import { launchpad } from './launchpad/community.js';
import { pixelTavern } from './pixel-tavern/community.js';
import { volta } from './volta/community.js';

/** The guilds of the demo. */
export const communities: readonly Community[] = [pixelTavern, volta, launchpad];
