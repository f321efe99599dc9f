import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Bench } from '../../testing/bench.js';

describe('the control API', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.start();
  });
  afterEach(() => bench.close());

  const post = (name: string, body: unknown, headers = {}) =>
    fetch(`${bench.simulator.url}/control/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });

  it('acts as a person over HTTP', async () => {
    const response = await post('sendMessage', { userId: bench.ownerId, channelId: bench.channelId, content: 'hello' });
    expect(response.status).toBe(200);
    expect(await (await post('listSentMessages', { guildId: bench.guildId })).json()).toMatchObject([
      { content: 'hello', authorId: bench.ownerId },
    ]);
  });

  it.each([
    ['says what is wrong with a request', { userId: 'x' }, 400],
    ['does not know what does not exist', { userId: '1', channelId: '1', content: 'x' }, 404],
  ])('%s', async (_behaviour, body, status) => {
    expect((await post('sendMessage', body)).status).toBe(status);
  });

  it('is closed to web pages of other origins', async () => {
    expect((await post('users', {}, { origin: 'https://evil.example' })).status).toBe(403);
  });

  it('sends a burst, and every message reaches the bot once and in order', async () => {
    const client = await bench.login();
    const seen: string[] = [];
    client.on('messageCreate', (message) => void seen.push(message.id));
    const { ids } = await bench.control.burst({
      channelIds: [bench.channelId],
      messagesPerSecond: 5_000,
      count: 1_000,
    });
    expect(new Set(ids).size).toBe(1_000);
    await vi.waitFor(() => expect(seen).toEqual(ids), { timeout: 10_000 });
  });

  it('delivers after a thaw what happened while frozen', async () => {
    const client = await bench.login();
    const seen: string[] = [];
    client.on('messageCreate', (message) => void seen.push(message.content));
    bench.control.freeze();
    bench.say('frozen');
    const answer = bench.rest('GET', '/users/@me');
    bench.control.freeze(false);
    expect((await answer).status).toBe(200);
    await vi.waitFor(() => expect(seen).toEqual(['frozen']));
  });
});
