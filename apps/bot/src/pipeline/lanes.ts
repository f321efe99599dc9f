import { LANE_COUNT } from '@guildhall/contracts';

const FNV_OFFSET_BASIS = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * The lane that all events of a guild fall into, for ever the same. A hash of the whole id, because the low bits of
 * snowflakes are mostly zero and Discord shards by the high ones.
 * @see https://datatracker.ietf.org/doc/html/draft-eastlake-fnv (FNV-1a)
 */
export function laneOf(guildId: string): number {
  let hash = FNV_OFFSET_BASIS;
  for (let index = 0; index < guildId.length; index++) {
    hash = Math.imul(hash ^ guildId.charCodeAt(index), FNV_PRIME);
  }
  return (hash >>> 0) % LANE_COUNT;
}
