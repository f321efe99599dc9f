import { GatewayIntentBits as Intent, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { Events } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Bench } from '../../testing/bench.js';
import { GatewayClient } from '../../testing/gateway-client.js';
import { demoApplication } from '../index.js';

const MESSAGES = Intent.Guilds | Intent.GuildMessages | Intent.DirectMessages | Intent.MessageContent;

describe('a session of the Discord Gateway', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.start({ botPermissions: Permission.Administrator });
  });
  afterAll(() => bench.close());

  const connect = async (changes: object = {}, query?: string) => {
    const client = new GatewayClient(bench.simulator.url, query);
    const ready = await client.identify({ intents: MESSAGES, ...changes });
    return { client, ready: ready.d };
  };
  const resume = async ({ session_id }: Record<string, unknown>, seq: number) => {
    const client = new GatewayClient(bench.simulator.url);
    await client.next(({ op }) => op === 10);
    client.send(6, { token: demoApplication.botToken, session_id, seq });
    return client;
  };

  it('begins with what Discord says in READY', async () => {
    const { client, ready } = await connect({ shard: [0, 1] });
    expect(ready).toMatchObject({
      v: 10,
      user: { id: demoApplication.id, bot: true, verified: true, mfa_enabled: false, email: null },
      guilds: [{ id: bench.guildId, unavailable: true }],
      resume_gateway_url: `${bench.simulator.url.replace('http', 'ws')}/gateway`,
      shard: [0, 1],
      application: { id: demoApplication.id, flags: 565_248, flags_new: '565248' },
    });
    expect(client.frames.map(({ s }) => s)).toEqual([null, 1, 2]);
    const { client: older, ready: whole } = await connect({}, 'v=9&encoding=json');
    expect(whole).toMatchObject({ v: 9 });
    expect(whole).not.toHaveProperty('shard');
    await Promise.all([client.cut(), older.cut()]);
  });

  it.each(['zlib-stream', 'zstd-stream'])('speaks %s', async (compression) => {
    const { client } = await connect({}, `v=10&encoding=json&compress=${compression}`);
    await client.dispatched('GUILD_CREATE');
    const sent = Array.from({ length: 20 }, (_, index) => bench.say(`é ${'long '.repeat(index * 20)}`));
    await vi.waitFor(() => expect(client.names().filter((name) => name === 'MESSAGE_CREATE')).toHaveLength(20));
    const received = client.frames.filter(({ t }) => t === 'MESSAGE_CREATE');
    expect(received.map(({ d }) => d['id'])).toEqual(sent);
    await client.cut();
  });

  it('is resumed after a cut, from the last frame the client has', async () => {
    const { client, ready } = await connect();
    bench.say('one');
    const { s } = await client.dispatched('MESSAGE_CREATE');
    await client.cut();
    bench.say('two');
    bench.say('three');
    const resumed = await resume(ready, s!);
    await resumed.dispatched('RESUMED');
    bench.say('four');
    await vi.waitFor(() => expect(resumed.names()).toHaveLength(4));
    const contents = resumed.frames.map(({ d }) => d['content']).filter((content) => content !== undefined);
    expect(contents).toEqual(['two', 'three', 'four']);
    expect(resumed.names()[2]).toBe('RESUMED');
    expect(resumed.frames.slice(1).map((frame) => frame.s)).toEqual([s! + 1, s! + 2, s! + 3, s! + 4]);
    await resumed.cut();
  });

  it('cannot be resumed from before what the client has acknowledged', async () => {
    const { client, ready } = await connect();
    await client.dispatched('GUILD_CREATE');
    client.send(1, 2);
    await client.next(({ op }) => op === 11);
    await client.cut();
    const late = await resume(ready, 1);
    expect(await late.next(({ op }) => op === 9)).toMatchObject({ d: false });
    await late.cut();
  });

  it('cannot be resumed after a farewell, nor when it was lost three minutes ago; the bot appears offline', async () => {
    const status = () => bench.control.saveState().presences.find(([id]) => id === demoApplication.id)?.[1].status;
    // Ends those of the tests before.
    bench.control.advance(180_000);
    const { client: polite, ready: ended } = await connect();
    await polite.leave();
    await vi.waitFor(() => expect(status()).toBe('offline'));
    const refused = await resume(ended, 2);
    expect(await refused.next(({ op }) => op === 9)).toMatchObject({ d: false });

    const { client, ready } = await connect({ presence: { status: 'idle', activities: null, since: 0, afk: true } });
    await client.cut();
    await vi.waitFor(() => expect(bench.control.connections()).toEqual([]));
    bench.control.advance(179_000);
    expect(status()).toBe('idle');
    bench.control.advance(1_000);
    expect(status()).toBe('offline');
    const late = await resume(ready, 2);
    expect(await late.next(({ op }) => op === 9)).toMatchObject({ d: false });
    await Promise.all([refused.cut(), late.cut()]);
  });

  it('may turn invalid while its socket stays open, and be resumed there', async () => {
    const { client, ready } = await connect();
    const { s } = await client.dispatched('GUILD_CREATE');
    expect(bench.control.invalidateSessions({ isResumable: true })).toBe(1);
    expect(await client.next(({ op }) => op === 9)).toMatchObject({ d: true });
    bench.say('meanwhile');
    client.send(6, { token: demoApplication.botToken, session_id: ready['session_id'], seq: s });
    await client.dispatched('RESUMED');
    expect(client.frames.at(-2)).toMatchObject({ t: 'MESSAGE_CREATE', s: s! + 1, d: { content: 'meanwhile' } });
    await client.cut();
  });

  it('hears direct messages of its own bot only, on shard 0 only', async () => {
    const [friend, stranger] = [bench.person('friend'), bench.person('stranger')];
    const [first, second] = [await connect({ shard: [0, 2] }), await connect({ shard: [1, 2] })];
    const theirs = bench.control.directChannel(friend, stranger);
    const ours = bench.control.directChannel(friend, demoApplication.id);
    bench.control.sendMessage(friend, theirs.id, 'between us');
    bench.control.sendMessage(friend, ours.id, 'for the bot');
    const { d } = await first.client.dispatched('MESSAGE_CREATE');
    expect(d).toMatchObject({ content: 'for the bot', channel_id: ours.id });
    second.client.send(1, null);
    await second.client.next(({ op }) => op === 11);
    expect(second.client.names()).not.toContain('MESSAGE_CREATE');
    await Promise.all([first.client.cut(), second.client.cut()]);
  });

  it('shows the presence that the bot gives itself', async () => {
    const client = await bench.login({ intents: [Intent.Guilds, Intent.GuildPresences] });
    const shown = () => client.guilds.cache.get(bench.guildId)!.members.me!.presence;
    client.user.setPresence({ status: 'dnd', activities: [{ name: 'the door', type: 3 }] });
    await vi.waitFor(() =>
      expect(shown()).toMatchObject({ status: 'dnd', activities: [{ name: 'the door', type: 3 }] }),
    );
    client.user.setStatus('idle');
    await vi.waitFor(() => expect(shown()?.status).toBe('idle'));
    client.user.setStatus('invisible');
    await vi.waitFor(() => expect(shown()?.status).toBe('offline'));
    await client.destroy();
  });

  it('gives discord.js the sounds of guilds, and lets its bot join and leave voice', async () => {
    const client = await bench.login({ intents: [Intent.Guilds, Intent.GuildVoiceStates] });
    const sounds = await client.guilds.fetchSoundboardSounds({ guildIds: [bench.guildId] });
    expect(sounds.get(bench.guildId)?.size).toBe(0);
    const guild = client.guilds.cache.get(bench.guildId)!;
    const voice = bench.control.createChannel(bench.guildId, { name: 'Lounge', type: 2 });
    const move = (channel_id: string | null) =>
      guild.shard.send({ op: 4, d: { guild_id: guild.id, channel_id, self_mute: false, self_deaf: true } });
    move(voice.id);
    await vi.waitFor(() => expect(guild.members.me!.voice).toMatchObject({ channelId: voice.id, selfDeaf: true }));
    move(null);
    await vi.waitFor(() => expect(guild.members.me!.voice.channelId).toBe(null));
    await client.destroy();
  });

  it('hears nothing of a guild during an outage, and has it whole again afterwards', async () => {
    const client = await bench.login();
    const seen: string[] = [];
    client.on(Events.MessageCreate, ({ content }) => void seen.push(content));
    const gone = new Promise((resolve) => client.once(Events.GuildUnavailable, resolve));
    const back = new Promise((resolve) => client.once(Events.GuildAvailable, resolve));
    bench.control.makeUnavailable(bench.guildId);
    await gone;
    expect(client.guilds.cache.get(bench.guildId)?.available).toBe(false);
    bench.say('unheard');
    const { client: late, ready } = await connect();
    expect(ready['guilds']).toEqual([{ id: bench.guildId, unavailable: true }]);
    bench.control.createChannel(bench.guildId, { name: 'made-meanwhile' });
    bench.control.makeAvailable(bench.guildId);
    await back;
    const guild = client.guilds.cache.get(bench.guildId)!;
    expect(guild.available).toBe(true);
    expect(guild.channels.cache.some(({ name }) => name === 'made-meanwhile')).toBe(true);
    bench.say('heard');
    await vi.waitFor(() => expect(seen).toEqual(['heard']));
    await late.dispatched('MESSAGE_CREATE');
    expect(late.names()).toEqual(['READY', 'GUILD_CREATE', 'MESSAGE_CREATE']);
    await late.cut();
  });
});
