import { GatewayIntentBits as Intent } from 'discord-api-types/v10';
import { GatewayRateLimitError } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bench } from '../../testing/bench.js';
import { type Frame, GatewayClient } from '../../testing/gateway-client.js';
import { demoApplication } from '../index.js';

const INTENTS = Intent.Guilds | Intent.GuildMembers | Intent.GuildPresences;
const NOBODY = '111111111111111111';

describe('REQUEST_GUILD_MEMBERS', () => {
  let bench: Bench;
  let people: string[];
  beforeAll(async () => {
    bench = await Bench.start();
    people = Array.from({ length: 120 }, (_, index) => bench.person(`person${index}`));
    bench.control.setPresence(people[7]!, { status: 'idle' });
  });
  afterAll(() => bench.close());

  async function requested(request: object, intents: number = INTENTS): Promise<Frame['d']> {
    const client = new GatewayClient(bench.simulator.url);
    await client.identify({ intents });
    client.send(8, { guild_id: bench.guildId, ...request });
    const { d } = await client.dispatched('GUILD_MEMBERS_CHUNK');
    await client.cut();
    return d;
  }
  const idsOf = ({ members }: Frame['d']) => (members as { user: { id: string } }[]).map(({ user }) => user.id);

  it('gives everybody with the intent', async () => {
    const chunk = await requested({ query: '', limit: 0 });
    expect(chunk).toMatchObject({ guild_id: bench.guildId, chunk_index: 0, chunk_count: 1, not_found: [] });
    expect(idsOf(chunk)).toHaveLength(122);
    expect(idsOf(await requested({ query: '', limit: 0 }, Intent.Guilds))).toEqual([]);
    expect(idsOf(await requested({ query: '', limit: 101 }))).toHaveLength(101);
  });

  it('gives up to 100 whose name begins so, without the intent too', async () => {
    expect(idsOf(await requested({ query: 'PERSON1', limit: 5 }, Intent.Guilds))).toHaveLength(5);
    expect(idsOf(await requested({ query: 'person11', limit: 0 }, Intent.Guilds))).toHaveLength(11);
    expect(idsOf(await requested({ query: 'person', limit: 0 }))).toHaveLength(100);
    expect(idsOf(await requested({ query: 'person', limit: 500 }))).toHaveLength(100);
    expect(idsOf(await requested({ query: 'nobody', limit: 5 }))).toEqual([]);
  });

  it('gives up to 100 named users, and names those who are not members', async () => {
    expect(idsOf(await requested({ user_ids: people[3] }, Intent.Guilds))).toEqual([people[3]]);
    const some = await requested({ user_ids: [people[1], NOBODY, people[2]] });
    expect([idsOf(some), some['not_found']]).toEqual([[people[1], people[2]], [NOBODY]]);
    expect(idsOf(await requested({ user_ids: people.slice(0, 101) }))).toEqual(people.slice(0, 100));
  });

  it('gives presences of those who are not offline, with the intent', async () => {
    const request = { user_ids: people.slice(6, 9), presences: true };
    expect((await requested(request))['presences']).toMatchObject([{ user: { id: people[7] }, status: 'idle' }]);
    expect(await requested(request, Intent.Guilds)).not.toHaveProperty('presences');
    expect(await requested({ user_ids: people[7] })).not.toHaveProperty('presences');
  });

  it('gives the nonce back, and ignores one that is too long', async () => {
    expect(await requested({ user_ids: people[1], nonce: 'n'.repeat(32) })).toMatchObject({ nonce: 'n'.repeat(32) });
    expect(await requested({ user_ids: people[1], nonce: 'n'.repeat(33) })).not.toHaveProperty('nonce');
  });

  it('is not answered for a guild of others or of another shard', async () => {
    const { id } = bench.control.createGuild({ name: 'Elsewhere', ownerId: bench.ownerId, withBot: false });
    const shard = Number((BigInt(bench.guildId) >> 22n) % 2n);
    const client = new GatewayClient(bench.simulator.url);
    await client.identify({ intents: INTENTS, shard: [1 - shard, 2] });
    client.send(8, { guild_id: id, query: '', limit: 0 });
    client.send(8, { guild_id: bench.guildId, query: '', limit: 0 });
    client.send(1, null);
    await client.next(({ op }) => op === 11);
    expect(client.names()).not.toContain('GUILD_MEMBERS_CHUNK');
    await client.cut();
  });
});

it('tells discord.js when all members of a guild may be requested again', async () => {
  const bench = await Bench.start({ rateLimits: 'discord' });
  try {
    const client = await bench.login();
    const guild = client.guilds.cache.get(bench.guildId)!;
    expect((await guild.members.fetch()).size).toBe(2);
    const refusal = await guild.members.fetch().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(GatewayRateLimitError);
    const { data } = refusal as GatewayRateLimitError;
    expect(data).toMatchObject({ opcode: 8, meta: { guild_id: bench.guildId } });
    expect(data.retry_after).toBeGreaterThan(0);
    expect(data.retry_after).toBeLessThanOrEqual(30);
    expect((await guild.members.fetch({ user: [demoApplication.id] })).size).toBe(1);
  } finally {
    await bench.close();
  }
});
