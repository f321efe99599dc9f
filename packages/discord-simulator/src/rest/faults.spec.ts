import { HTTPError, type TextChannel } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench } from '../../testing/bench.js';
import { WatchedClient } from '../../testing/watched-client.js';

const POST = { method: 'POST', path: '/messages$' };

describe('discord.js, when its requests go wrong,', () => {
  let bench: Bench;
  let bot: WatchedClient;
  beforeEach(async () => {
    bench = await Bench.start();
  });
  afterEach(() => bench.close());

  async function login(rest: { retries?: number; timeout?: number } = {}): Promise<TextChannel> {
    bot = await WatchedClient.login(bench, rest);
    return bot.client.channels.cache.get(bench.channelId) as TextChannel;
  }
  const written = () => bench.control.listSentMessages({ channelId: bench.channelId }).map(({ content }) => content);

  it.each(['user', 'shared'] as const)('waits out a 429 of the scope %s and sends once', async (scope) => {
    const channel = await login();
    bench.control.failRest({ ...POST, status: 429, scope, retryAfterSeconds: 0.1, times: 1 });
    await channel.send('hello');
    expect(bot.answers).toEqual(['POST 429', 'POST 200']);
    expect([bot.limits, written()]).toEqual([[scope], ['hello']]);
  });

  it('waits out a global 429 with all requests', async () => {
    const channel = await login();
    bench.control.failRest({ ...POST, status: 429, scope: 'global', retryAfterSeconds: 0.1, times: 1 });
    const sent = channel.send('hello');
    await expect.poll(() => bot.answers).toEqual(['POST 429']);
    await Promise.all([sent, bot.client.users.fetch(bench.ownerId, { force: true })]);
    expect(bot.answers.toSorted()).toEqual(['GET 200', 'POST 200', 'POST 429']);
    expect(bot.limits).toEqual(['global', 'global', 'global']);
    expect(written()).toEqual(['hello']);
  });

  it.each([500, 502, 503, 504])('tries three times more after a %s', async (status) => {
    const channel = await login();
    bench.control.failRest({ ...POST, status, times: 3 });
    await channel.send('hello');
    expect(bot.answers).toEqual([...Array.from({ length: 3 }, () => `POST ${status}`), 'POST 200']);
    expect(written()).toEqual(['hello']);
  });

  it('reports the fourth 500 and goes on', async () => {
    const channel = await login();
    bench.control.failRest({ ...POST, status: 500, times: 4 });
    await expect(channel.send('lost')).rejects.toBeInstanceOf(HTTPError);
    await channel.send('hello');
    expect(written()).toEqual(['hello']);
  });

  it('tries again when an answer takes too long, or reports it; Discord does what it was asked to all the same', async () => {
    const channel = await login({ timeout: 200, retries: 1 });
    bench.control.failRest({ ...POST, latencyMs: 400, times: 1 });
    await channel.send({ content: 'hello', nonce: '1', enforceNonce: true });
    bench.control.failRest({ ...POST, latencyMs: 400, times: 2 });
    const slow = channel.send({ content: 'slow', nonce: '2', enforceNonce: true });
    await expect(slow).rejects.toMatchObject({ name: 'AbortError' });
    await expect.poll(written).toEqual(['hello', 'slow']);
    await channel.send('later');
    expect(written()).toEqual(['hello', 'slow', 'later']);
  });

  it('tries again when the line is cut before anything is done', async () => {
    const channel = await login();
    bench.control.failRest({ ...POST, cut: 'before', times: 2 });
    await channel.send('hello');
    expect(written()).toEqual(['hello']);
  });

  it('sends twice when an answer is lost, unless the nonce is enforced', async () => {
    const channel = await login();
    bench.control.failRest({ ...POST, cut: 'after', times: 1 });
    await channel.send('without');
    bench.control.failRest({ ...POST, cut: 'after', times: 1 });
    const message = await channel.send({ content: 'with', nonce: '1', enforceNonce: true });
    expect(written()).toEqual(['without', 'without', 'with']);
    expect(message.content).toBe('with');
  });

  it('reports an answer that breaks off, and goes on', async () => {
    const channel = await login();
    bench.control.failRest({ ...POST, cut: 'within', times: 1 });
    await expect(channel.send('half')).rejects.toThrow();
    await channel.send('hello');
    expect(written()).toEqual(['half', 'hello']);
  });
});
