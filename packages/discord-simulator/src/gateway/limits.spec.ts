import { afterEach, describe, expect, it, vi } from 'vitest';
import { Bench } from '../../testing/bench.js';
import { GatewayClient } from '../../testing/gateway-client.js';
import { demoApplication } from '../index.js';
import { GatewayLimits } from './limits.js';
import { closeCodes } from './payloads.js';

describe('limits of the Discord Gateway', () => {
  let nowMs = 0;
  const limits = () => new GatewayLimits(true, () => nowMs);

  it('are one IDENTIFY in five seconds', () => {
    const it = limits();
    expect([it.takeIdentify('a', 0), it.takeIdentify('a', 1), it.takeIdentify('b', 0)]).toEqual([
      'granted',
      'tooSoon',
      'granted',
    ]);
    nowMs += 4_999;
    expect(it.takeIdentify('a', 1)).toBe('tooSoon');
    nowMs += 1;
    expect(it.takeIdentify('a', 1)).toBe('granted');
  });

  it('are 1,000 sessions a day', () => {
    const it = limits();
    for (let count = 0; count < 1_000; count += 1) it.takeIdentify('a', 0);
    expect(it.sessionStartLimit('a')).toMatchObject({ total: 1_000, remaining: 0, reset_after: 86_400_000 });
    expect(it.takeIdentify('a', 0)).toBe('usedUp');
    nowMs += 86_400_000;
    expect(it.sessionStartLimit('a')).toMatchObject({ remaining: 1_000, max_concurrency: 1 });
    expect(it.takeIdentify('a', 0)).toBe('granted');
  });

  it('are 120 frames a minute for each connection', () => {
    const it = limits();
    const [one, other] = [{}, {}];
    const taken = Array.from({ length: 121 }, () => it.takeFrame(one));
    expect(taken.indexOf(false)).toBe(120);
    expect(it.takeFrame(other)).toBe(true);
    nowMs += 60_000;
    expect(it.takeFrame(one)).toBe(true);
  });

  it('are one list of all members in 30 seconds, for each guild and session', () => {
    const it = limits();
    const [one, other] = [{}, {}];
    expect([it.takeMemberList(one, 'g'), it.takeMemberList(one, 'h'), it.takeMemberList(other, 'g')]).toEqual([
      0, 0, 0,
    ]);
    nowMs += 10_000;
    expect(it.takeMemberList(one, 'g')).toBe(20);
    nowMs += 20_000;
    expect(it.takeMemberList(one, 'g')).toBe(0);
  });

  it('are none where they are off', () => {
    const it = new GatewayLimits(false);
    const connection = {};
    for (let count = 0; count < 1_001; count += 1) {
      expect([it.takeIdentify('a', 0), it.takeFrame(connection), it.takeMemberList(connection, 'g')]).toEqual([
        'granted',
        true,
        0,
      ]);
    }
    expect(it.sessionStartLimit('a')).toMatchObject({ remaining: 1_000, max_concurrency: 16 });
  });
});

describe('a client that goes beyond a limit', () => {
  let bench: Bench;
  afterEach(() => bench.close());

  const connect = async () => {
    const client = new GatewayClient(bench.simulator.url);
    await client.next(({ op }) => op === 10);
    return client;
  };
  const identify = { token: demoApplication.botToken, intents: 1 };

  it('is told that its session is invalid when it identifies too soon, and may do so later', async () => {
    bench = await Bench.start({ rateLimits: 'discord' });
    await (await connect()).identify();
    const second = await connect();
    second.send(2, { ...identify, shard: [1, 2] });
    expect(await second.next(({ op }) => op === 9)).toMatchObject({ d: false });
    expect(second.names()).toEqual([]);
    const { session_start_limit } = await bench.json<{ session_start_limit: object }>(
      bench.rest('GET', '/gateway/bot'),
    );
    expect(session_start_limit).toMatchObject({ total: 1_000, remaining: 998, max_concurrency: 1 });
  });

  it('is closed with 4008 for its 121st frame in a minute', async () => {
    bench = await Bench.start({ rateLimits: 'discord' });
    const client = await connect();
    for (let count = 0; count < 120; count += 1) client.send(1, null);
    client.send(1, null);
    expect(await client.closed).toBe(closeCodes.rateLimited[0]);
    expect(client.frames.filter(({ op }) => op === 11)).toHaveLength(120);
  });

  it('loses all sessions and its token for the 1,001st IDENTIFY of a day', async () => {
    bench = await Bench.start({ rateLimits: 'discord' });
    const first = await connect();
    await first.identify();
    // Those that come too soon count as well.
    for (let group = 0; group < 9; group += 1) {
      const client = await connect();
      for (let count = 0; count < 111; count += 1) client.send(2, identify);
      await vi.waitFor(() => expect(client.frames.filter(({ op }) => op === 9)).toHaveLength(111));
    }
    expect((await bench.rest('GET', '/users/@me')).status).toBe(200);
    const last = await connect();
    last.send(2, identify);
    const { authenticationFailed } = closeCodes;
    expect([await last.closed, await first.closed]).toEqual([authenticationFailed[0], authenticationFailed[0]]);
    expect((await bench.rest('GET', '/users/@me')).status).toBe(401);
  });
});
