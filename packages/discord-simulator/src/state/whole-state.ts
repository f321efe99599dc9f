import { z } from 'zod';
import { messageRecord } from './message-records.js';
import { snowflake } from './snowflake.js';
import { allChannels, restore, snapshotPieces, stateFile } from './snapshot.js';
import type { World } from './world.js';

/** Everything that exists at a moment, and what decides how it goes on: the time, the last id, and how far a seed has been drawn from. */
export const wholeState = stateFile.extend({
  messages: z.array(messageRecord),
  nowMs: z.number(),
  lastId: snowflake,
  randomness: z.object({ seed: z.string(), drawn: z.number() }).nullable(),
});

export type WholeState = z.infer<typeof wholeState>;

/** A copy of the world as plain JSON, in the order in which things came to be: worlds with the same past give the same text. */
export function captureState(world: World): WholeState {
  const { snowflakes, clock, randomness } = world;
  const messages = [...allChannels(world)].flatMap((channel) => [...world.history(channel.id).all()]);
  const rest = { messages, nowMs: clock.now(), lastId: snowflakes.latest, randomness: randomness.state };
  const text = [...snapshotPieces(world)].join('');
  // Through JSON, so that nothing of the copy is shared with the world. The pieces are what the schema reads back.
  const whole = { ...JSON.parse(text), ...JSON.parse(JSON.stringify(rest)) } as WholeState;
  const keys = Object.keys(wholeState.shape) as (keyof WholeState)[];
  return Object.fromEntries(keys.map((key) => [key, whole[key]])) as WholeState;
}

/** Puts a captured world in the place of what exists. Nobody is told. */
export function replaceState(world: World, state: WholeState): void {
  const own = structuredClone(state);
  world.clear();
  world.clock.continueFrom(own.nowMs);
  restore(world, own);
  for (const message of own.messages) world.history(message.channelId).put(message);
  world.snowflakes.continueAfter(own.lastId);
  if (own.randomness) world.randomness.restore(own.randomness);
}
