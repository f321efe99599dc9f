import { MAX_REALTIME_ITEMS } from '@guildhall/contracts';
import { describe, expect, it } from 'vitest';
import { channel, id, member, message } from '../../../testing/bot-events.js';
import { type Emission, emissionOf, groupChanges, mergeNeighbours } from './emissions.rules.js';
import type { RealtimeChange } from './realtime-change.js';

const created = (n: number, content = 'x'): RealtimeChange => ({
  name: 'message.created',
  guildId: '1',
  item: message(id(n), { content }),
});
const updated = (n: number, content: string): RealtimeChange =>
  ({ ...created(n, content), name: 'message.updated' }) as RealtimeChange;
const deleted = (n: number): RealtimeChange => ({
  name: 'message.deleted',
  guildId: '1',
  item: { id: id(n), channelId: id(501) },
});

const summary = (changes: RealtimeChange[]) =>
  groupChanges(changes).map(({ name, items }) => [
    name,
    items.map((item) => ('content' in item ? item.content : 'id' in item ? item.id : item.user.id)),
  ]);

describe('groupChanges', () => {
  it('makes one group of each name, topic and guild', () => {
    const changes: RealtimeChange[] = [
      created(1, 'a'),
      { name: 'channel.created', guildId: '1', item: channel(id(5)) },
      created(2, 'b'),
      { ...created(3, 'c'), guildId: '2' },
    ];
    expect(groupChanges(changes).map(({ guildId, topic, items }) => [guildId, topic, items.length])).toEqual([
      ['1', 'messages', 2],
      ['1', 'channels', 1],
      ['2', 'messages', 1],
    ]);
  });

  it('keeps the last state of a thing, and what is new stays new', () => {
    expect(summary([created(1, 'first'), updated(1, 'second')])).toEqual([['message.created', ['second']]]);
    expect(summary([created(1), deleted(1)])).toEqual([['message.deleted', ['1']]]);
    expect(summary([updated(1, 'a'), updated(1, 'b')])).toEqual([['message.updated', ['b']]]);
  });

  it('lets who left and came back be there, and who came and left be gone', () => {
    const joined: RealtimeChange = { name: 'member.joined', guildId: '1', item: member(id(9)) };
    const left: RealtimeChange = { name: 'member.left', guildId: '1', item: { id: id(9) } };
    expect(summary([left, joined])).toEqual([['member.joined', ['9']]]);
    expect(summary([left, joined, left])).toEqual([
      ['member.joined', ['9']],
      ['member.left', ['9']],
    ]);
  });

  it('shows the author of a message as renamed in the same commit', () => {
    const renamed = member(id(901), { user: { ...member(id(901)).user, globalName: 'New' } });
    const groups = groupChanges([
      { name: 'member.updated', guildId: '1', item: member(id(8)) },
      created(1),
      { name: 'member.updated', guildId: '1', item: renamed },
    ]);
    expect(groups.find(({ topic }) => topic === 'messages')?.items).toMatchObject([{ author: { globalName: 'New' } }]);
  });

  it('tells the last name of who left, before the departure', () => {
    const other: RealtimeChange = { name: 'member.left', guildId: '1', item: { id: id(8) } };
    const changed: RealtimeChange = { name: 'member.updated', guildId: '1', item: member(id(9)) };
    const left: RealtimeChange = { name: 'member.left', guildId: '1', item: { id: id(9) } };
    expect(summary([other, changed, left])).toEqual([
      ['member.updated', ['9']],
      ['member.left', ['8', '9']],
    ]);
  });

  it('lets who was banned and left be gone, and be banned', () => {
    const left: RealtimeChange = { name: 'member.left', guildId: '1', item: { id: id(9) } };
    const banned: RealtimeChange = {
      name: 'ban.created',
      guildId: '1',
      item: { user: member(id(9)).user, reason: null, bannedAt: null },
    };
    const lifted: RealtimeChange = { name: 'ban.lifted', guildId: '1', item: { id: id(9) } };
    expect(summary([left, banned])).toEqual([
      ['ban.created', ['9']],
      ['member.left', ['9']],
    ]);
    expect(summary([banned, lifted])).toEqual([['ban.lifted', ['9']]]);
  });

  it('keeps apart how somebody is shown and where they talk', () => {
    const shown: RealtimeChange = { name: 'presence.updated', guildId: '1', item: { id: id(9), status: 'idle' } };
    const item = { id: id(9), channelId: null, isMuted: false, isDeafened: false, isStreaming: false };
    expect(summary([shown, { name: 'voice.updated', guildId: '1', item }])).toEqual([
      ['presence.updated', ['9']],
      ['voice.updated', ['9']],
    ]);
  });

  it('keeps the different things told about one guild', () => {
    const synced: RealtimeChange = { name: 'guild.synced', guildId: '1', item: { id: id(1) } };
    const facts = { id: id(1), name: 'n', icon: null, ownerId: id(2), preferredLocale: 'fr' };
    expect(summary([synced, { name: 'guild.updated', guildId: '1', item: facts }, synced])).toEqual([
      ['guild.updated', ['1']],
      ['guild.synced', ['1']],
    ]);
  });
});

describe('mergeNeighbours', () => {
  const emission = (change: RealtimeChange, version: number): Emission =>
    emissionOf(groupChanges([change])[0]!, version);
  const versions = (emissions: Emission[]) =>
    emissions.map(({ name, payload }) => [name, payload.previousVersion, payload.version, payload.items.length]);

  it('joins what follows on what, and covers an unbroken run of versions', () => {
    const merged = mergeNeighbours([
      emission(created(1), 5),
      emission(created(2), 6),
      emission(deleted(1), 7),
      emission(created(3), 8),
    ]);
    expect(versions(merged)).toEqual([
      ['message.created', 4, 6, 2],
      ['message.deleted', 6, 7, 1],
      ['message.created', 7, 8, 1],
    ]);
  });

  it('leaves a gap visible', () => {
    expect(versions(mergeNeighbours([emission(created(1), 5), emission(created(2), 7)]))).toEqual([
      ['message.created', 4, 5, 1],
      ['message.created', 6, 7, 1],
    ]);
  });

  it('keeps the newest of a flood and counts the rest', () => {
    const flood = Array.from({ length: MAX_REALTIME_ITEMS + 30 }, (_, n) => emission(created(n, `${n}`), n + 1));
    const [merged, ...others] = mergeNeighbours(flood);
    expect(others).toEqual([]);
    expect(merged?.payload).toMatchObject({ previousVersion: 0, version: flood.length, skipped: 30 });
    expect(merged?.payload.items.at(-1)).toMatchObject({ content: `${flood.length - 1}` });
    expect(merged?.payload.items).toHaveLength(MAX_REALTIME_ITEMS);
  });
});
