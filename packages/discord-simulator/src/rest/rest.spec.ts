import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench } from '../../testing/bench.js';

describe('the REST API', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.start();
  });
  afterEach(() => bench.close());

  const answerOf = async (response: Response) => ({
    status: response.status,
    body: (await response.json()) as Record<string, unknown>,
  });

  it('refuses a wrong token with code 0', async () => {
    const response = await fetch(`${bench.simulator.apiUrl}/v10/users/@me`, {
      headers: { authorization: 'Bot wrong' },
    });
    expect(await answerOf(response)).toEqual({ status: 401, body: { message: '401: Unauthorized', code: 0 } });
  });

  it.each([
    ['/guilds/1', 10_004],
    ['/channels/1', 10_003],
    ['/users/1', 10_013],
  ])('names what is unknown at %s', async (path, code) => {
    expect(await answerOf(await bench.rest('GET', path))).toMatchObject({ status: 404, body: { code } });
  });

  it('answers 501 for what it does not serve', async () => {
    expect((await bench.rest('GET', `/guilds/${bench.guildId}/requests`)).status).toBe(501);
  });

  it('refuses a guild the bot is not in with 50001', async () => {
    const guild = bench.control.createGuild({ name: 'Elsewhere', ownerId: bench.ownerId, withBot: false });
    expect(await answerOf(await bench.rest('GET', `/guilds/${guild.id}`))).toMatchObject({
      status: 403,
      body: { code: 50_001 },
    });
  });

  it('refuses what the bot has no permission for with 50013, through discord.js too', async () => {
    const client = await bench.login();
    const guild = client.guilds.cache.get(bench.guildId)!;
    await expect(guild.bans.create(bench.ownerId)).rejects.toMatchObject({ code: 50_013, status: 403 });
  });

  it('holds the role hierarchy', async () => {
    const person = bench.control.createUser({ username: 'person' });
    const high = bench.control.createRole(bench.guildId, { name: 'High', position: 9 });
    bench.control.addMember(bench.guildId, person.id, { roleIds: [high.id] });
    const kick = () => bench.rest('DELETE', `/guilds/${bench.guildId}/members/${person.id}`);
    expect((await kick()).status).toBe(403);
    expect((await bench.rest('PUT', `/guilds/${bench.guildId}/members/${person.id}/roles/${high.id}`)).status).toBe(
      403,
    );
    bench.control.updateRole(bench.guildId, high.id, { position: 0 });
    expect((await kick()).status).toBe(204);
  });

  it('reports a body that is too long in the nested form', async () => {
    const response = await bench.rest('POST', `/channels/${bench.channelId}/messages`, {
      content: 'x'.repeat(2_001),
      embeds: [{ title: 'y'.repeat(257) }],
    });
    expect(await answerOf(response)).toEqual({
      status: 400,
      body: {
        code: 50_035,
        message: 'Invalid Form Body',
        errors: {
          content: { _errors: [{ code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 2000 or fewer in length.' }] },
          embeds: {
            0: { title: { _errors: [{ code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 256 or fewer in length.' }] } },
          },
        },
      },
    });
  });

  it.each([
    ['{', 50_109],
    ['{}', 50_006],
  ])('refuses the body %s', async (body, code) => {
    const response = await fetch(`${bench.simulator.apiUrl}/channels/${bench.channelId}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${await tokenOf()}`, 'content-type': 'application/json' },
      body,
    });
    expect(await answerOf(response)).toMatchObject({ status: 400, body: { code } });
  });

  const tokenOf = async () => (await import('../index.js')).demoApplication.botToken;

  it('writes one message for one enforced nonce', async () => {
    const send = async () =>
      answerOf(
        await bench.rest('POST', `/channels/${bench.channelId}/messages`, {
          content: 'once',
          nonce: '7',
          enforce_nonce: true,
        }),
      );
    const [first, second] = [await send(), await send()];
    expect(second.body['id']).toBe(first.body['id']);
    expect(bench.control.listSentMessages({ channelId: bench.channelId })).toHaveLength(1);
  });

  it('pages through history before, after and around a message', async () => {
    const ids = Array.from({ length: 10 }, (_, index) => bench.say(`message ${index}`));
    const page = async (query: string) => {
      const messages = (await (await bench.rest('GET', `/channels/${bench.channelId}/messages?${query}`)).json()) as {
        id: string;
      }[];
      return messages.map(({ id }) => ids.indexOf(id));
    };
    expect(await page('limit=3')).toEqual([9, 8, 7]);
    expect(await page(`limit=3&before=${ids[5]}`)).toEqual([4, 3, 2]);
    expect(await page(`limit=3&after=${ids[5]}`)).toEqual([8, 7, 6]);
    expect(await page(`limit=3&around=${ids[5]}`)).toEqual([6, 5, 4]);
  });

  it('fails on demand as often as asked', async () => {
    bench.control.failRest({ status: 503, times: 1 });
    expect((await bench.rest('GET', '/users/@me')).status).toBe(503);
    expect((await bench.rest('GET', '/users/@me')).status).toBe(200);
  });
});

describe('rate limits', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.start({ rateLimits: 'discord' });
  });
  afterEach(() => bench.close());

  it('answers 429 with the time to wait when a bucket is empty', async () => {
    const send = () => bench.rest('POST', `/channels/${bench.channelId}/messages`, { content: 'hi' });
    const responses = [];
    for (let index = 0; index < 6; index += 1) responses.push(await send());
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(responses[4]!.headers.get('x-ratelimit-remaining')).toBe('0');
    expect(responses[5]!.headers.get('x-ratelimit-scope')).toBe('user');
    expect(await responses[5]!.json()).toMatchObject({ global: false, retry_after: expect.any(Number) as number });
  });

  it('is obeyed by discord.js: nothing is lost and nothing is refused', async () => {
    const client = await bench.login();
    const channel = client.channels.cache.get(bench.channelId);
    if (!channel?.isSendable()) throw new Error('The channel is not in the cache');
    await Promise.all(Array.from({ length: 7 }, (_, index) => channel.send(`message ${index}`)));
    expect(bench.control.listSentMessages().map(({ content }) => content)).toEqual(
      Array.from({ length: 7 }, (_, index) => `message ${index}`),
    );
  });
});
