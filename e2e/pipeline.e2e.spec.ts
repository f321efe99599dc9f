import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Guildhall, startGuildhall } from './support/guildhall.js';

const MESSAGES_PER_SECOND = 200;
const MESSAGE_COUNT = 2_000;

describe('the pipeline from Discord to PostgreSQL', () => {
  let guildhall: Guildhall;
  let channelIds: string[];

  beforeEach(async () => {
    guildhall = await startGuildhall({
      seed: 'empty',
      prepare: ({ control }) => {
        channelIds = ['one', 'two', 'three'].flatMap((name) => {
          const owner = control.createUser({ username: `owner-${name}` });
          const guild = control.createGuild({ name: `Guild ${name}`, ownerId: owner.id, withBot: true });
          return ['first', 'second'].map((channel) => control.createChannel(guild.id, { name: channel }).id);
        });
      },
    });
  });

  afterEach(() => guildhall?.stop());

  /** The ids of all stored messages, as often as they are stored. */
  async function storedIds(): Promise<string[]> {
    const { rows } = await guildhall.database.query<{ id: string }>('select id::text from messages order by id');
    return rows.map((row) => row.id);
  }

  async function expectStored(sent: string[]): Promise<void> {
    const expected = sent.toSorted((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
    await expect.poll(async () => (await storedIds()).length, { timeout: 60_000, interval: 250 }).toBe(expected.length);
    expect(await storedIds()).toEqual(expected);
  }

  it('stores every message once while the API and the gateway are killed', async () => {
    const sending = guildhall.simulator.control.burst({
      channelIds,
      messagesPerSecond: MESSAGES_PER_SECOND,
      count: MESSAGE_COUNT,
    });
    for (const victim of ['api', 'gateway', 'api', 'gateway'] as const) {
      // A random moment of the burst; nothing is expected of the time itself.
      await delay(500 + Math.random() * 1_000);
      await guildhall[victim].kill();
      await guildhall[victim].start();
    }

    const { ids: sent } = await sending;

    expect(sent).toHaveLength(MESSAGE_COUNT);
    await expectStored(sent);
  });

  it('applies edits and deletions in order while the API is away', async () => {
    const { control } = guildhall.simulator;
    const [channelId] = channelIds as [string];
    const { ids: sent } = await control.burst({ channelIds: [channelId], messagesPerSecond: 1_000, count: 100 });
    await guildhall.api.kill();
    sent.slice(0, 30).forEach((messageId) => {
      control.editMessage(channelId, messageId, 'second thoughts');
    });
    control.deleteMessage(channelId, ...sent.slice(20, 50));
    await guildhall.api.start();

    const state = async () => {
      const { rows } = await guildhall.database.query<{ readable: number; edited: number; deleted: number }>(`
        select count(*) filter (where deleted_at is null)::int as readable,
               count(*) filter (where deleted_at is null and content = 'second thoughts')::int as edited,
               count(*) filter (where deleted_at is not null)::int as deleted
        from messages`);
      return rows[0];
    };
    await expect.poll(state, { timeout: 30_000 }).toEqual({ readable: 70, edited: 20, deleted: 30 });
  });

  it('drains and exits with 0 when it is asked to stop', async () => {
    expect(await guildhall.bot.stop()).toBe(0);
    expect(await guildhall.api.stop()).toBe(0);
    expect(await guildhall.gateway.stop()).toBe(0);
  });
});
