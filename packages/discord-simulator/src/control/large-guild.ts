import { setImmediate as nextTurn } from 'node:timers/promises';
import { createGuild, type GuildDraft } from '../actions/guilds.js';
import { addMember, createUser } from '../actions/members.js';
import type { Guild } from '../state/model.js';
import type { World } from '../state/world.js';

export interface LargeGuildDraft extends GuildDraft {
  memberCount: number;
  /** Part of the people who are online, from 0 to 1. */
  onlineShare?: number | undefined;
}

/** People made before other work gets its turn. */
const STEP = 2_000;

/** A guild with its owner and numbered people up to `memberCount`, the bot not yet among them. */
export async function createLargeGuild(world: World, draft: LargeGuildDraft): Promise<Guild> {
  const { memberCount, onlineShare = 0.1, ...rest } = draft;
  const guild = createGuild(world, rest);
  addMember(world, guild, draft.ownerId);
  const onlineEvery = onlineShare > 0 ? Math.round(1 / onlineShare) : Number.POSITIVE_INFINITY;
  for (let index = 1; guild.members.size < memberCount; index += 1) {
    const user = createUser(world, { username: `person${index}`, globalName: `Person ${index}` });
    addMember(world, guild, user.id);
    // Set directly: nobody is connected who could be told of so many.
    if (index % onlineEvery === 0) world.presences.set(user.id, { status: 'online', activities: [] });
    if (index % STEP === 0) await nextTurn();
  }
  world.touch();
  return guild;
}
