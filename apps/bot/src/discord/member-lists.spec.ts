import type { GatewayGuildMembersChunkDispatchData, GatewayRequestGuildMembersData } from 'discord.js';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { MemberLists } from './member-lists.js';

let asked: GatewayRequestGuildMembersData[];
let lists: MemberLists;

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  const send = (_shard: number, payload: { d: unknown }) => {
    asked.push(payload.d as GatewayRequestGuildMembersData);
    return Promise.resolve();
  };
  lists = new MemberLists({ send, logger: pino({ level: 'silent' }), chunkTimeoutMs: 1_000 });
});

afterEach(() => {
  lists.stop();
  vi.useRealTimers();
});

function chunk(index: number, count: number, nonce = asked.at(-1)?.nonce): GatewayGuildMembersChunkDispatchData {
  return { guild_id: '1', members: [], chunk_index: index, chunk_count: count, ...(nonce !== undefined && { nonce }) };
}

const guilds = () => asked.map(({ guild_id }) => guild_id);

it('asks for one guild at a time per shard, and for the next when the list is complete', () => {
  lists.want(0, '1');
  lists.want(0, '2');
  lists.want(0, '2');
  lists.want(1, '3');
  expect(guilds()).toEqual(['1', '3']);
  const nonce = asked[0]?.nonce;
  expect(lists.received(0, chunk(1, 2, nonce))).toBe(false);
  expect(lists.received(0, chunk(0, 2, nonce))).toBe(true);
  expect(guilds()).toEqual(['1', '3', '2']);
  expect(lists.received(0, chunk(0, 1))).toBe(true);
  expect(guilds()).toEqual(['1', '3', '2']);
});

it('asks again when the chunks stop coming, under a new nonce', () => {
  lists.want(0, '1');
  const nonce = asked[0]?.nonce;
  lists.received(0, chunk(0, 2));
  vi.advanceTimersByTime(999);
  lists.received(0, chunk(0, 2));
  vi.advanceTimersByTime(999);
  expect(guilds()).toEqual(['1']);
  vi.advanceTimersByTime(1);
  expect(guilds()).toEqual(['1', '1']);
  expect(lists.received(0, chunk(1, 2, nonce))).toBe(false);
});

it('takes no notice of the chunks of others', () => {
  lists.want(0, '1');
  expect(lists.received(0, chunk(0, 1, 'of discord.js'))).toBe(false);
  expect(lists.received(1, chunk(0, 1))).toBe(false);
});

it('forgets what a lost session was asked', () => {
  lists.want(0, '1');
  lists.want(0, '2');
  lists.restarted(0);
  vi.advanceTimersByTime(5_000);
  expect(guilds()).toEqual(['1']);
  lists.want(0, '2');
  expect(guilds()).toEqual(['1', '2']);
});
