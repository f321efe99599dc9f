import { demoApplication } from '../src/options.js';
import { demoIds, seedDemo } from '../src/demo/index.js';
import { Clock } from '../src/state/clock.js';
import type { ChannelRecord, Guild, MessageRecord } from '../src/state/model.js';
import { World } from '../src/state/world.js';

/** A Friday evening on which the demo of the specs starts. */
export const NOW_MS = Date.UTC(2026, 10, 20, 21);
export const DAY_MS = 86_400_000;
export const DEMO_GUILD_IDS = [demoIds.pixelTavern, demoIds.volta, demoIds.launchpad] as const;

/** A world with the demo in it, whose clock stands still at the moment of the seeding. */
export function seededWorld(nowMs = NOW_MS): World {
  const world = new World(new Clock(nowMs));
  world.applications.set(demoApplication.id, demoApplication);
  seedDemo(world);
  return world;
}

/** @throws Error for a guild that does not exist */
export function guildOf(world: World, id: string): Guild {
  const guild = world.guilds.get(id);
  if (!guild) throw new Error(`No guild ${id}`);
  return guild;
}

/** @throws Error for a name that no channel has */
export function channelNamed(world: World, guildId: string, name: string): ChannelRecord {
  const channel = [...guildOf(world, guildId).channels.values()].find((it) => it.name === name);
  if (!channel) throw new Error(`No channel ${name}`);
  return channel;
}

/** Of all channels and threads. */
export const messagesIn = (world: World, guild: Guild): MessageRecord[] =>
  [...guild.channels.keys(), ...guild.threads.keys()].flatMap((id) => [...world.history(id).all()]);

export const messagesOf = (world: World): MessageRecord[] =>
  [...world.guilds.values()].flatMap((guild) => messagesIn(world, guild));

export const contentsOf = (messages: readonly MessageRecord[]): string[] => messages.map(({ content }) => content);
