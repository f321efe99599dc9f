import { GatewayIntentBits as Intent, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { WebSocket } from 'ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bench } from '../../testing/bench.js';
import { createGuild } from '../actions/guilds.js';
import { addMember, createUser } from '../actions/members.js';
import { demoApplication } from '../index.js';
import { World } from '../state/world.js';
import { sendMemberChunks } from './members.js';
import { Session } from './session.js';

const MEMBERS = 50_000;

interface Frame {
  op: number;
  t: string | null;
  d: Record<string, unknown>;
}

describe('a guild of 50,000', () => {
  let bench: Bench;
  let guildId: string;
  let creationMs: number;
  beforeAll(async () => {
    bench = await Bench.start();
    const startedAt = performance.now();
    const draft = { name: 'Large', ownerId: bench.ownerId, memberCount: MEMBERS, onlineShare: 0.01 };
    guildId = (await bench.control.createLargeGuild({ ...draft, botPermissions: Permission.ViewChannel })).id;
    creationMs = performance.now() - startedAt;
  });
  afterAll(() => bench.close());

  /** Connects with a bare socket, so that only the simulator's own work is seen. */
  function connect(intents: number, onFrame: (frame: Frame, socket: WebSocket) => void): WebSocket {
    const socket = new WebSocket(`${bench.simulator.url.replace('http', 'ws')}/gateway?v=10&encoding=json`);
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as Frame;
      if (frame.op === 10) socket.send(JSON.stringify({ op: 2, d: { token: demoApplication.botToken, intents } }));
      onFrame(frame, socket);
    });
    return socket;
  }

  async function guildCreate(intents: number): Promise<Record<string, unknown>> {
    return new Promise((resolve) => {
      connect(intents, (frame, socket) => {
        if (frame.t !== 'GUILD_CREATE' || frame.d['id'] !== guildId) return;
        socket.close();
        resolve(frame.d);
      });
    });
  }

  it('shows itself with those who are online only, or with the bot alone', async () => {
    const whole = await guildCreate(Intent.Guilds | Intent.GuildPresences);
    expect(whole).toMatchObject({ large: true, member_count: MEMBERS + 1 });
    // Every hundredth of the 49,999 people beside the owner, and the bot.
    expect(whole['members']).toHaveLength(MEMBERS / 100);
    const modest = await guildCreate(Intent.Guilds);
    expect(modest['members']).toMatchObject([{ user: { id: demoApplication.id } }]);
  });

  it('comes whole, in chunks of a thousand', async () => {
    const sizes: number[] = [];
    const nonces = new Set<unknown>();
    const ids = new Set<string>();
    const delay = monitorEventLoopDelay({ resolution: 1 });
    await new Promise<void>((resolve) => {
      connect(Intent.Guilds | Intent.GuildMembers, (frame, socket) => {
        if (frame.t === 'GUILD_CREATE' && frame.d['id'] === guildId) {
          delay.enable();
          socket.send(JSON.stringify({ op: 8, d: { guild_id: guildId, query: '', limit: 0, nonce: 'all' } }));
        }
        if (frame.t !== 'GUILD_MEMBERS_CHUNK') return;
        const members = frame.d['members'] as { user: { id: string } }[];
        sizes.push(members.length);
        nonces.add(frame.d['nonce']);
        for (const member of members) ids.add(member.user.id);
        if (frame.d['chunk_index'] !== Number(frame.d['chunk_count']) - 1) return;
        socket.close();
        resolve();
      });
    });
    delay.disable();
    expect(sizes).toEqual([...Array.from({ length: 50 }, () => 1_000), 1]);
    expect(ids.size).toBe(MEMBERS + 1);
    expect([...nonces]).toEqual(['all']);
    const heapMb = Math.round(process.memoryUsage().rss / 1_048_576);
    process.stdout.write(
      `50,000 members: created in ${Math.round(creationMs)} ms; longest turn ${Math.round(delay.max / 1e6)} ms; ${heapMb} MB resident\n`,
    );
  });
});

it('sends one chunk per turn of the event loop', async () => {
  const world = new World();
  const bot = createUser(world, { id: demoApplication.id, username: 'bot', isBot: true });
  const guild = createGuild(world, { name: 'Large', ownerId: bot.id });
  addMember(world, guild, bot.id);
  for (let index = 0; index < 2_500; index += 1)
    addMember(world, guild, createUser(world, { username: `person${index}` }).id);
  const terms = { application: demoApplication, intents: Intent.GuildMembers, largeThreshold: 50 };
  const session = new Session('session', { ...terms, shard: [0, 1], isSharded: false });
  const sending = sendMemberChunks(world, session, { guild_id: guild.id, query: '', limit: 0, presences: false });
  expect(session.lastSeq).toBe(1);
  await sending;
  expect(session.lastSeq).toBe(3);
});
