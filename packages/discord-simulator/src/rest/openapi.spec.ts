import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bench } from '../../testing/bench.js';
import { description } from '../../testing/description.js';
import { demoApplication } from '../index.js';

// Operations that no other spec asks for.
describe("answers, held against Discord's own description", () => {
  let bench: Bench;
  let messageId: string;
  beforeAll(async () => {
    bench = await Bench.start();
    messageId = bench.control.sendMessage(bench.ownerId, bench.channelId, 'hello').id;
    bench.control.sendMessage(bench.ownerId, bench.channelId, 'a reply', { replyToId: messageId });
  });
  afterAll(() => bench.close());

  const fill = (route: string) =>
    route
      .replace('{guild_id}', bench.guildId)
      .replace('{channel_id}', bench.channelId)
      .replace('{message_id}', messageId)
      .replace('{user_id}', bench.ownerId)
      .replace('{application_id}', demoApplication.id);

  const command = { name: 'ping', description: 'Ping', options: [{ name: 'loud', description: 'Loud', type: 5 }] };
  const embed = { title: 'Title', description: 'Text', fields: [{ name: 'a', value: 'b' }] };
  const button = { type: 2, style: 1, label: 'Press', custom_id: 'press' };

  it.each<[operation: string, body?: unknown]>([
    ['GET /users/@me'],
    ['GET /users/{user_id}'],
    ['GET /gateway/bot'],
    ['GET /applications/@me'],
    ['GET /guilds/{guild_id}'],
    ['GET /guilds/{guild_id}/channels'],
    ['GET /guilds/{guild_id}/roles'],
    ['GET /guilds/{guild_id}/members/{user_id}'],
    ['GET /guilds/{guild_id}/members'],
    ['GET /channels/{channel_id}'],
    ['GET /channels/{channel_id}/messages'],
    [
      'POST /channels/{channel_id}/messages',
      { content: 'hi', embeds: [embed], components: [{ type: 1, components: [button] }] },
    ],
    ['PUT /applications/{application_id}/commands', [command]],
    ['GET /applications/{application_id}/commands'],
  ])('%s', async (operation, body) => {
    const [method = '', route = ''] = operation.split(' ');
    // The bench holds the answer against the description.
    expect((await bench.rest(method, fill(route), body)).ok).toBe(true);
  });

  it('finds fault with what Discord never answers', (ctx) => {
    if (!description) return ctx.skip('DISCORD_OPENAPI is not set');
    const path = '/users/@me';
    const exchange = { method: 'GET', path, sent: undefined, status: 200, answer: { id: 1 } };
    expect(description.faultsOf(exchange)).not.toEqual([]);
    expect(description.faultsOf({ ...exchange, status: 201 })).not.toEqual([]);
    expect(description.faultsOf({ ...exchange, path: '/users/@me/x/y/z' })).not.toEqual([]);
  });

  it('finds fault with what Discord does not understand', (ctx) => {
    if (!description) return ctx.skip('DISCORD_OPENAPI is not set');
    const path = fill('/channels/{channel_id}/messages/bulk-delete');
    const exchange = { method: 'POST', path, status: 204, answer: undefined };
    expect(description.faultsOf({ ...exchange, sent: { messages: [messageId, bench.guildId] } })).toEqual([]);
    expect(description.faultsOf({ ...exchange, sent: { messages: 'all' } })).not.toEqual([]);
  });

  it('was checked against the description', (ctx) => {
    if (!description)
      ctx.skip('DISCORD_OPENAPI is not set: answers were requested, but not held against the description');
  });
});
