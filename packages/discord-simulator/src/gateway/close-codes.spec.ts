import { GatewayIntentBits as Intent } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bench } from '../../testing/bench.js';
import { GatewayClient } from '../../testing/gateway-client.js';
import { demoApplication } from '../index.js';
import { closeCodes } from './payloads.js';

const token = demoApplication.botToken;
const identify = (changes: object = {}) => JSON.stringify({ op: 2, d: { token, intents: 1, ...changes } });
const resume = (changes: object = {}) =>
  JSON.stringify({ op: 6, d: { token, session_id: 'unknown', seq: 1, ...changes } });
const padded = (bytes: number) => {
  const frame = (text: string) => JSON.stringify({ op: 1, d: null, text });
  return frame('x'.repeat(bytes - frame('').length));
};

describe('a connection that breaks the rules', () => {
  let bench: Bench;
  beforeAll(async () => {
    const { privilegedIntents } = demoApplication;
    bench = await Bench.start({
      heartbeatIntervalMs: 40,
      application: { ...demoApplication, privilegedIntents: { ...privilegedIntents, presence: false } },
    });
  });
  afterAll(() => bench.close());

  const { decodeError, notAuthenticated, invalidShard, invalidIntents } = closeCodes;
  it.each([
    ['an unknown opcode', closeCodes.unknownOpcode, ['{"op":99,"d":null}']],
    ['an opcode that only Discord sends', closeCodes.unknownOpcode, ['{"op":10,"d":null}']],
    ['something that is not JSON', decodeError, ['hello']],
    ['JSON that is not a payload', decodeError, ['[]']],
    ['4,097 bytes', decodeError, [padded(4_097)]],
    ['an IDENTIFY without intents', decodeError, [identify({ intents: undefined })]],
    [
      'a presence that Discord does not know',
      decodeError,
      [identify({ presence: { status: 'away', activities: [] } })],
    ],
    ['a RESUME without a session', decodeError, [resume({ session_id: undefined })]],
    [
      'a request for members that names neither a query nor users',
      decodeError,
      [identify(), '{"op":8,"d":{"guild_id":"1"}}'],
    ],
    ['a request before identifying', notAuthenticated, ['{"op":8,"d":{"guild_id":"1","query":"","limit":0}}']],
    ['a presence before identifying', notAuthenticated, ['{"op":3,"d":{"status":"online","activities":[]}}']],
    ['joining voice before identifying', notAuthenticated, ['{"op":4,"d":{"guild_id":"1","channel_id":null}}']],
    ['a wrong token', closeCodes.authenticationFailed, [identify({ token: 'wrong' })]],
    ['a RESUME with a wrong token', closeCodes.authenticationFailed, [resume({ token: 'wrong' })]],
    ['a second IDENTIFY', closeCodes.alreadyAuthenticated, [identify(), identify()]],
    ['a RESUME after IDENTIFY', closeCodes.alreadyAuthenticated, [identify(), resume()]],
    ['silence in place of heartbeats', closeCodes.sessionTimedOut, [identify()]],
    ['a shard beyond the count', invalidShard, [identify({ shard: [2, 2] })]],
    ['a negative shard', invalidShard, [identify({ shard: [-1, 2] })]],
    ['an intent that does not exist', invalidIntents, [identify({ intents: 1 << 30 })]],
    ['negative intents', invalidIntents, [identify({ intents: -1 })]],
    ['intents above 32 bits', invalidIntents, [identify({ intents: 2 ** 33 })]],
    ['a privileged intent not granted', closeCodes.disallowedIntents, [identify({ intents: Intent.GuildPresences })]],
  ])('is closed for %s', async (_fault, [code], frames) => {
    const client = new GatewayClient(bench.simulator.url);
    await client.next(({ op }) => op === 10);
    for (const frame of frames) client.sendText(frame);
    expect(await client.closed).toBe(code);
  });

  it.each(['v=8&encoding=json', 'v=10&encoding=etf', 'v=10&encoding=json&compress=brotli'])(
    'is closed for the URL %s',
    async (query) => {
      const client = new GatewayClient(bench.simulator.url, query);
      expect(await client.closed).toBe(closeCodes.invalidVersion[0]);
      expect(client.frames).toEqual([]);
    },
  );

  it('is closed for a sequence from the future, and its session is gone', async () => {
    const first = new GatewayClient(bench.simulator.url);
    const { session_id } = (await first.identify()).d;
    await first.cut();
    const second = new GatewayClient(bench.simulator.url);
    await second.next(({ op }) => op === 10);
    second.sendText(resume({ session_id, seq: 100 }));
    expect(await second.closed).toBe(closeCodes.invalidSequence[0]);
    const third = new GatewayClient(bench.simulator.url);
    await third.next(({ op }) => op === 10);
    third.sendText(resume({ session_id, seq: 1 }));
    expect(await third.next(({ op }) => op === 9)).toMatchObject({ d: false });
    await third.cut();
  });

  it('may send 4,096 bytes', async () => {
    const client = new GatewayClient(bench.simulator.url);
    await client.next(({ op }) => op === 10);
    client.sendText(padded(4_096));
    await client.next(({ op }) => op === 11);
    await client.cut();
  });
});

it('refuses a shard of more than 2,500 guilds, and takes one of 2,500', async () => {
  const bench = await Bench.start();
  try {
    const { control, ownerId, simulator } = bench;
    for (let count = 1; count < 2_500; count += 1) control.createGuild({ name: 'One of many', ownerId });
    const full = new GatewayClient(simulator.url);
    expect((await full.identify()).d['guilds']).toHaveLength(2_500);
    control.createGuild({ name: 'One too many', ownerId });
    const over = new GatewayClient(simulator.url);
    await over.next(({ op }) => op === 10);
    over.sendText(identify());
    expect(await over.closed).toBe(closeCodes.shardingRequired[0]);
    await new GatewayClient(simulator.url).identify({ shard: [0, 2] });
  } finally {
    await bench.close();
  }
});
