import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { demoApplication, type Simulator, startSimulator } from '@guildhall/discord-simulator';
import { serveTasks, withUsage } from '../workers.ts';

export interface WorldSize {
  guilds: number;
  /** Of the first guild; the others have few. */
  members: number;
}

const SMALL_GUILD_MEMBERS = 20;
const BOT_PERMISSIONS = Permission.ViewChannel | Permission.ReadMessageHistory;

let simulator: Simulator;
const channelIds: string[] = [];

async function start({ guilds, members }: WorldSize): Promise<{ url: string; token: string }> {
  simulator = await startSimulator({ port: 0, seed: 'empty', activity: false, rateLimits: 'off' });
  const { control } = simulator;
  const owner = control.createUser({ username: 'owner' });
  for (let index = 0; index < guilds; index += 1) {
    const memberCount = index === 0 ? members : SMALL_GUILD_MEMBERS;
    const draft = { name: `Guild ${index}`, ownerId: owner.id, memberCount, botPermissions: BOT_PERMISSIONS };
    const guild = await control.createLargeGuild(draft);
    channelIds.push(control.createChannel(guild.id, { name: 'general' }).id);
  }
  return { url: simulator.url, token: demoApplication.botToken };
}

serveTasks({
  start,
  memory: () => process.memoryUsage.rss() / 2 ** 20,
  burst: (request: { messagesPerSecond: number; count: number }) =>
    withUsage(async () => (await simulator.control.burst({ channelIds, ...request })).durationMs),
});
