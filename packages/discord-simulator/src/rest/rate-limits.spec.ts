import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench } from '../../testing/bench.js';
import { demoApplication } from '../index.js';
import { type LimitedRequest, RateLimits } from './rate-limits.js';

describe('the count of violations', () => {
  const request = (changes: Partial<LimitedRequest> = {}): LimitedRequest => ({
    method: 'PUT',
    route: '/guilds/:guildId/members/:userId/roles/:roleId',
    params: { guildId: '1', userId: '2', roleId: '3' },
    body: undefined,
    caller: 'bot',
    isGloballyLimited: true,
    ...changes,
  });
  const times = (count: number, take: () => unknown) => {
    for (let index = 0; index < count; index += 1) take();
  };

  it('separates what was served from what was refused, per bucket and resource', () => {
    const limits = new RateLimits(true);
    times(12, () => limits.take(request()));
    times(3, () => limits.take(request({ params: { guildId: '9' } })));
    expect(limits.report()).toMatchObject({ served: 13, violations: 2, byScope: { user: 2, global: 0, shared: 0 } });
    expect(limits.report().last).toMatchObject([{ resource: '1', caller: 'bot', scope: 'user' }, { resource: '1' }]);
  });

  it('counts all processes of a token together, up to 50 requests a second', () => {
    const limits = new RateLimits(true);
    let guildId = 0;
    times(55, () => limits.take(request({ params: { guildId: String((guildId += 1)) } })));
    expect(limits.report()).toMatchObject({ served: 50, byScope: { global: 5 } });
    expect(limits.take(request({ caller: 'another bot' })).isExceeded).toBe(false);
  });

  it('counts the renaming of a channel for all callers', () => {
    const limits = new RateLimits(true);
    const rename = (caller: string, body: object) =>
      limits.take(
        request({ method: 'PATCH', route: '/channels/:channelId', params: { channelId: '7' }, caller, body }),
      );
    const scopes = ['a', 'b', 'c']
      .map((caller) => rename(caller, { name: 'x' }))
      .map((it) => [it.isExceeded, it.scope]);
    expect(scopes).toEqual([
      [false, 'user'],
      [false, 'user'],
      [true, 'shared'],
    ]);
    expect(rename('c', { nsfw: true }).isExceeded).toBe(false);
  });
});

describe('limits over HTTP', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.start({ rateLimits: 'discord' });
  });
  afterEach(() => bench.close());

  it('are reported by the control API, and 429 tells its scope', async () => {
    const send = () => bench.rest('POST', `/channels/${bench.channelId}/messages`, { content: 'x' });
    const answers = await Promise.all(Array.from({ length: 7 }, send));
    const refused = answers.filter((answer) => answer.status === 429);
    expect(refused.map((answer) => answer.headers.get('x-ratelimit-scope'))).toEqual(['user', 'user']);
    const report = await fetch(`${bench.simulator.url}/control/rateLimitViolations`, { method: 'POST' });
    expect(await report.json()).toMatchObject({
      served: 5,
      violations: 2,
      last: [{ method: 'POST', resource: bench.channelId, caller: demoApplication.id }, {}],
    });
    // Deleting has a bucket of its own.
    const [message] = bench.control.listSentMessages();
    expect((await bench.rest('DELETE', `/channels/${bench.channelId}/messages/${message!.id}`)).status).toBe(204);
  });

  it('are not spoken of where there are none', async () => {
    const free = await Bench.start({ rateLimits: 'off' });
    try {
      const send = () => free.rest('POST', `/channels/${free.channelId}/messages`, { content: 'x' });
      const answers = await Promise.all(Array.from({ length: 7 }, send));
      expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 7 }, () => 200));
      const names = answers.flatMap(({ headers }) => [...headers.keys()]);
      expect(names.filter((name) => name.startsWith('x-ratelimit-'))).toEqual([]);
    } finally {
      await free.close();
    }
  });

  it('fails as asked for the routes that were named, and no others', async () => {
    bench.control.failRest({ method: 'GET', path: '/members/', status: 403, code: 50_013, times: 1 });
    bench.control.failRest({ path: '^/users/@me$', status: 429, retryAfterSeconds: 3, times: 2 });
    const member = () => bench.rest('GET', `/guilds/${bench.guildId}/members/${bench.ownerId}`);
    expect((await bench.rest('GET', `/guilds/${bench.guildId}`)).status).toBe(200);
    expect(await bench.refusal(member())).toEqual([403, 50_013]);
    expect((await member()).status).toBe(200);
    const limited = await bench.rest('GET', '/users/@me');
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '3']);
    expect(await limited.json()).toMatchObject({ retry_after: 3, global: false });
    bench.control.failRest(null);
    expect((await bench.rest('GET', '/users/@me')).status).toBe(200);
  });
});
