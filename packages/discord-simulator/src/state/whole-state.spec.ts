import { type Client, Events } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench } from '../../testing/bench.js';

const START = { startAt: new Date('2026-03-01T12:00:00.000Z'), randomSeed: 'one' };

describe('the saved state', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.start(START);
  });
  afterEach(() => bench.close());

  /** Draws on everything that is made up: ids, invite codes, voice session ids, tokens of interactions. */
  async function live(it: Bench): Promise<void> {
    const client = await it.login();
    await client.application.commands.set([{ name: 'ping', description: 'Ping' }]);
    client.once(Events.InteractionCreate, (use) => {
      if (use.isChatInputCommand()) void use.reply('pong');
    });
    const { control, ownerId, channelId, guildId } = it;
    control.createInvite(ownerId, { channelId });
    control.joinVoice(control.createChannel(guildId, { name: 'Voice', type: 2 }).id, ownerId);
    await control.runCommand({ userId: ownerId, channelId, name: 'ping' });
    control.advance(60_000);
    it.say('a minute later');
  }

  it('is the same, to the byte, after the same course of events with the same seed, and another with another seed', async () => {
    const benches = [bench, await Bench.start(START), await Bench.start({ ...START, randomSeed: 'two' })];
    const texts: string[] = [];
    for (const each of benches) {
      await live(each);
      texts.push(JSON.stringify(each.control.saveState()));
    }
    await Promise.all(benches.slice(1).map((each) => each.close()));
    expect(texts[1]).toBe(texts[0]);
    const [first, , other] = texts.map((text) => JSON.parse(text) as ReturnType<Bench['control']['saveState']>);
    expect(other!.guilds[0]!.invites[0]!.code).not.toBe(first!.guilds[0]!.invites[0]!.code);
    expect(other!.guilds[0]!.voiceStates[0]!.sessionId).not.toBe(first!.guilds[0]!.voiceStates[0]!.sessionId);
  });

  it('can be gone back to, and what follows is what followed then', async () => {
    bench.say('kept');
    const { control, ownerId, channelId, guildId } = bench;
    const saved = JSON.parse(JSON.stringify(control.saveState())) as ReturnType<typeof control.saveState>;
    const goOn = () => {
      control.advance(60_000);
      return [bench.say('then'), control.createInvite(ownerId, { channelId }).code, control.saveState()];
    };
    const first = goOn();
    control.deleteChannel(channelId);
    control.createGuild({ name: 'Another', ownerId });
    control.loadState(saved);
    expect(control.saveState()).toEqual(saved);
    expect(control.guilds().map(({ id }) => id)).toEqual([guildId]);
    expect(goOn()).toEqual(first);
  });

  it('shares nothing with the world', () => {
    const saved = bench.control.saveState();
    const text = JSON.stringify(saved);
    bench.control.loadState(saved);
    bench.say('later');
    bench.control.setNickname(bench.guildId, bench.ownerId, 'Nick');
    expect(JSON.stringify(saved)).toBe(text);
  });

  it('brings the caches of connected bots back with it, and fails what was under way', async () => {
    const client = await bench.login();
    await client.application.commands.set([{ name: 'ping', description: 'Ping' }]);
    const saved = bench.control.saveState();
    const extra = bench.control.createChannel(bench.guildId, { name: 'extra' });
    const { id: lostId } = bench.control.createGuild({ name: 'Lost', ownerId: bench.ownerId });
    const use = { userId: bench.ownerId, channelId: bench.channelId, name: 'ping' };
    const hasArrived = until(client, Events.InteractionCreate);
    const underWay = bench.control.runCommand(use);
    await hasArrived;
    expect([client.guilds.cache.has(lostId), client.channels.cache.has(extra.id)]).toEqual([true, true]);
    const isBack = until(client, Events.GuildAvailable);
    bench.control.loadState(saved);
    await isBack;
    expect([client.guilds.cache.has(lostId), client.guilds.cache.get(bench.guildId)!.channels.cache.size]).toEqual([
      false,
      1,
    ]);
    expect(await underWay).toMatchObject({ status: 'failed' });
  });
});

function until(client: Client, event: string): Promise<void> {
  return new Promise((resolve) => client.once(event, () => resolve()));
}
