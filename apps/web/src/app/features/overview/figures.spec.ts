import { describe, expect, it } from 'vitest';
import type { GuildOverview, RealtimeEventName, RealtimePayload } from '@guildhall/contracts';
import { withFigures } from './figures';

const overview: GuildOverview = {
  memberCount: 10,
  channelCount: 4,
  roleCount: 3,
  messagesLast24Hours: 100,
  messagesLast7Days: 500,
  joinsLast7Days: 2,
  latestJoins: [],
  sync: { isComplete: true, syncedMembers: 10, syncedAt: null },
  isBotConnected: true,
};

const payload = (count: number, skipped = 0) =>
  // Only the number of items counts here.
  ({ guildId: '1', topic: 'messages', version: 1, items: Array.from({ length: count }), skipped }) as RealtimePayload;

describe('withFigures', () => {
  it.each<[RealtimeEventName, Partial<GuildOverview>]>([
    ['message.created', { messagesLast24Hours: 102, messagesLast7Days: 502 }],
    ['member.joined', { memberCount: 12, joinsLast7Days: 4 }],
    ['member.left', { memberCount: 8 }],
    ['channel.created', { channelCount: 6 }],
    ['role.deleted', { roleCount: 1 }],
    ['message.updated', {}],
  ])('counts %s', (name, change) => {
    expect(withFigures(overview, name, payload(2))).toEqual({ ...overview, ...change });
  });

  it('counts what a flood left out', () => {
    expect(withFigures(overview, 'message.created', payload(100, 900)).messagesLast24Hours).toBe(1100);
  });

  it('never counts below nothing', () => {
    expect(withFigures(overview, 'member.left', payload(50)).memberCount).toBe(0);
  });
});
