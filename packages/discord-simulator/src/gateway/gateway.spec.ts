import { Events, GatewayIntentBits as Intent, type Guild, type Message } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Bench } from '../../testing/bench.js';
import { demoApplication } from '../index.js';

describe('the Discord Gateway', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.start();
  });
  afterEach(() => bench.close());

  it('logs the unmodified discord.js in and fills its caches', async () => {
    const client = await bench.login();
    const guild = client.guilds.cache.get(bench.guildId);
    expect(client.user.id).toBe(demoApplication.id);
    expect(guild).toMatchObject({ name: 'Bench', ownerId: bench.ownerId, memberCount: 2 });
    expect(guild?.channels.cache.get(bench.channelId)?.name).toBe('general');
  });

  it('gives each of two shards the guilds that Discord would give it', async () => {
    for (let index = 0; index < 12; index += 1)
      bench.control.createGuild({ name: `Guild ${index}`, ownerId: bench.ownerId });
    // Ids of one millisecond would all fall to one shard: this one lies a millisecond before the first, where no id was made.
    const otherId = (BigInt(bench.guildId) - (1n << 22n)).toString();
    bench.control.createGuild({ id: otherId, name: 'Neighbour', ownerId: bench.ownerId });
    const client = await bench.login({ shards: [0, 1], shardCount: 2 });
    expect(client.guilds.cache.size).toBe(14);
    for (const guild of client.guilds.cache.values())
      expect(guild.shardId).toBe(Number((BigInt(guild.id) >> 22n) % 2n));
    expect(new Set(client.guilds.cache.map((guild) => guild.shardId))).toEqual(new Set([0, 1]));
  });

  it('delivers what people write, and what the bot answers', async () => {
    const client = await bench.login();
    const seen: Message[] = [];
    client.on(Events.MessageCreate, (message) => void seen.push(message));
    bench.say('hello');
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    await seen[0]!.reply('hello yourself');
    await vi.waitFor(() => expect(seen.map((message) => message.content)).toEqual(['hello', 'hello yourself']));
    expect(seen[1]!.reference?.messageId).toBe(seen[0]!.id);
  });

  it('replays everything missed after a dropped socket', async () => {
    const client = await bench.login();
    const seen: string[] = [];
    let isResumed = false;
    client.on(Events.MessageCreate, (message) => void seen.push(message.id));
    client.on(Events.ShardResume, () => (isResumed = true));
    const sent = [bench.say('before')];
    await vi.waitFor(() => expect(seen).toEqual(sent));
    expect(bench.control.dropSockets({ code: 4000 })).toBe(1);
    sent.push(bench.say('during 1'), bench.say('during 2'));
    await vi.waitFor(() => expect(isResumed).toBe(true), { timeout: 10_000 });
    sent.push(bench.say('after'));
    await vi.waitFor(() => expect(seen).toEqual(sent));
  });

  it('makes the client identify anew when a resume is refused', async () => {
    const client = await bench.login();
    const ready = new Promise<void>((resolve) => client.once(Events.ShardReady, () => resolve()));
    bench.control.refuseResumes(1);
    bench.control.dropSockets({ code: 4000 });
    await ready;
    const seen: string[] = [];
    client.on(Events.MessageCreate, (message) => void seen.push(message.content));
    bench.say('new session');
    await vi.waitFor(() => expect(seen).toEqual(['new session']));
  });

  it('withholds content without the intent, but for mentions of the bot', async () => {
    const client = await bench.login({ intents: [Intent.Guilds, Intent.GuildMessages] });
    const seen: string[] = [];
    client.on(Events.MessageCreate, (message) => void seen.push(message.content));
    bench.say('secret');
    bench.say(`<@${client.user.id}> for you`);
    await vi.waitFor(() => expect(seen).toEqual(['', `<@${client.user.id}> for you`]));
  });

  it('sends no messages of a channel the bot cannot view', async () => {
    const view = (1n << 10n).toString();
    const hidden = bench.control.createChannel(bench.guildId, {
      name: 'hidden',
      overwrites: [{ id: demoApplication.id, type: 1, allow: '0', deny: view }],
    });
    const client = await bench.login();
    const seen: string[] = [];
    client.on(Events.MessageCreate, (message) => void seen.push(message.content));
    bench.control.sendMessage(bench.ownerId, hidden.id, 'unseen');
    bench.say('seen');
    await vi.waitFor(() => expect(seen).toEqual(['seen']));
  });

  it('announces a guild that the bot is added to, without the members it holds no intent for', async () => {
    const client = await bench.login();
    const joined = new Promise<Guild>((resolve) => client.once(Events.GuildCreate, resolve));
    bench.control.createGuild({ name: 'New', ownerId: bench.ownerId });
    const guild = await joined;
    expect(guild.name).toBe('New');
    expect([...guild.members.cache.keys()]).toEqual([client.user.id]);
  });

  it('sends all members of a large guild in chunks', async () => {
    for (let index = 0; index < 1_200; index += 1) {
      bench.control.addMember(bench.guildId, bench.control.createUser({ username: `person${index}` }).id);
    }
    const client = await bench.login();
    const guild = client.guilds.cache.get(bench.guildId)!;
    expect(guild.members.cache.size).toBe(1);
    expect((await guild.members.fetch()).size).toBe(1_202);
    expect((await guild.members.fetch({ query: 'person11', limit: 5 })).size).toBe(5);
  });
});
