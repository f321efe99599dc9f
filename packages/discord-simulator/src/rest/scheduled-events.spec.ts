import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench, BOT_PERMISSIONS } from '../../testing/bench.js';
import { startSimulator } from '../index.js';
import type { Control } from '../control/control.js';

const HOST =
  BOT_PERMISSIONS |
  Permission.CreateEvents |
  Permission.ManageChannels |
  Permission.MuteMembers |
  Permission.MoveMembers |
  Permission.ViewAuditLog;
const startAt = new Date('2026-03-02T12:00:00Z');
const HOUR_MS = 3_600_000;
/** A picture of one pixel. */
const PNG =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

interface Made {
  id: string;
  [field: string]: unknown;
}

const inHours = (hours: number) => new Date(startAt.getTime() + hours * HOUR_MS).toISOString();

describe('scheduled events over REST', () => {
  let bench: Bench;
  let events: string;
  beforeEach(async () => {
    bench = await Bench.start({ startAt, botPermissions: HOST });
    events = `/guilds/${bench.guildId}/scheduled-events`;
  });
  afterEach(() => bench.close());

  const party = (changes: object = {}) => ({
    name: 'Party',
    privacy_level: 2,
    entity_type: 3,
    scheduled_start_time: inHours(1),
    scheduled_end_time: inHours(2),
    entity_metadata: { location: 'The yard' },
    ...changes,
  });
  const create = (body: object) => bench.json<Made>(bench.rest('POST', events, body));

  it('creates, starts, ends and deletes, outside Discord and in voice', async () => {
    const voice = bench.control.createChannel(bench.guildId, { name: 'Stage', type: 2 });
    const inVoice = { entity_type: 2, entity_metadata: null, scheduled_end_time: null, channel_id: voice.id };
    const [outside, inside] = [await create(party()), await create(party(inVoice))];
    expect(inside).toMatchObject({ channel_id: voice.id, entity_metadata: null, status: 1 });
    const setStatus = (status: number) => bench.rest('PATCH', `${events}/${outside.id}`, { status });
    expect(await bench.refusal(setStatus(3))).toEqual([400, 50_035]);
    await bench.json(setStatus(2));
    expect(await bench.json(setStatus(3))).toMatchObject({ status: 3 });
    expect(await bench.json(bench.rest('GET', events))).toHaveLength(2);
    expect((await bench.rest('DELETE', `${events}/${inside.id}`)).status).toBe(204);
    expect(await bench.refusal(bench.rest('GET', `${events}/${inside.id}`))).toEqual([404, 10_070]);
  });

  it.each<[fault: string, changes: object]>([
    ['without a place', { entity_metadata: null }],
    ['without an end', { scheduled_end_time: null }],
    ['that ends before it starts', { scheduled_end_time: inHours(0.5) }],
    ['in the past', { scheduled_start_time: inHours(-1) }],
    ['in voice without a channel', { entity_type: 2 }],
  ])('refuses an event %s', async (_fault, changes) => {
    expect(await bench.refusal(bench.rest('POST', events, party(changes)))).toEqual([400, 50_035]);
  });

  it('lists who is interested', async () => {
    const event = await create(party());
    const ids = [bench.person('one'), bench.person('two')];
    for (const userId of ids) bench.control.setInterest(bench.guildId, event.id, { userId, isInterested: true });
    expect(await bench.json(bench.rest('GET', `${events}/${event.id}?with_user_count=true`))).toMatchObject({
      user_count: 2,
    });
    expect(await bench.json(bench.rest('GET', `${events}/${event.id}/users?limit=1&with_member=true`))).toMatchObject([
      { user: { id: ids[0] }, member: { user: { id: ids[0] } } },
    ]);
  });

  const setBotPermissions = (permissions: bigint) => {
    const role = bench.control
      .guilds()[0]!
      .roles.values()
      .find((it) => it.botId !== null)!;
    bench.control.updateRole(bench.guildId, role.id, { permissions: permissions.toString() });
  };
  const status = async (id: string) =>
    (await bench.json<{ status: number }>(bench.rest('GET', `${events}/${id}`))).status;
  const patch = (id: string, changes: object) => bench.rest('PATCH', `${events}/${id}`, changes);

  it('begins and ends by itself outside Discord', async () => {
    const { id } = await create(party());
    bench.control.advance(HOUR_MS - 1);
    expect(await status(id)).toBe(1);
    bench.control.advance(1);
    expect(await status(id)).toBe(2);
    bench.control.advance(HOUR_MS);
    expect(await status(id)).toBe(3);
    expect(await bench.refusal(patch(id, { name: 'Too late' }))).toEqual([400, 180_000]);
    expect(bench.control.guilds()[0]!.auditLog.filter(({ actionType }) => actionType === 101)).toEqual([]);
  });

  it('in voice waits for somebody to begin it, and ends when everybody has left', async () => {
    const voice = bench.control.createChannel(bench.guildId, { name: 'Voice', type: 2 });
    const other = bench.control.createChannel(bench.guildId, { name: 'Other', type: 2 });
    const inVoice = { entity_type: 2, entity_metadata: null, channel_id: voice.id };
    const [forgotten, held] = [await create(party(inVoice)), await create(party(inVoice))];
    bench.control.advance(HOUR_MS);
    bench.control.joinVoice(voice.id, bench.ownerId);
    expect(await bench.json(patch(held.id, { status: 2 }))).toMatchObject({ status: 2 });
    bench.control.advance(5 * HOUR_MS);
    expect([await status(forgotten.id), await status(held.id)]).toEqual([4, 2]);
    bench.control.leaveVoice(bench.guildId, bench.ownerId);
    bench.control.advance(120_000);
    bench.control.joinVoice(voice.id, bench.ownerId);
    bench.control.advance(HOUR_MS);
    expect(await status(held.id)).toBe(2);
    bench.control.moveVoice(other.id, bench.ownerId);
    bench.control.advance(120_000);
    bench.control.leaveVoice(bench.guildId, bench.ownerId);
    bench.control.advance(60_000);
    expect(await status(held.id)).toBe(3);
  });

  it('on a stage makes it live, and ends with it', async () => {
    const stage = bench.control.createChannel(bench.guildId, { name: 'Stage', type: 13 });
    const onStage = party({ entity_type: 1, entity_metadata: null, channel_id: stage.id, scheduled_end_time: null });
    const [first, second] = [await create(onStage), await create(onStage)];
    await bench.json(patch(first.id, { status: 2 }));
    const live = await bench.json<Made>(bench.rest('GET', `/stage-instances/${stage.id}`));
    expect(live).toMatchObject({ topic: 'Party', guild_scheduled_event_id: first.id });
    expect(await bench.json(bench.rest('GET', `${events}/${first.id}`))).toMatchObject({ entity_id: live.id });
    expect(await bench.refusal(patch(second.id, { status: 2 }))).toEqual([400, 180_002]);
    expect((await bench.rest('DELETE', `/stage-instances/${stage.id}`)).status).toBe(204);
    expect([await status(first.id), await status(second.id)]).toEqual([3, 1]);
    setBotPermissions(BOT_PERMISSIONS | Permission.CreateEvents);
    expect(await bench.refusal(bench.rest('POST', events, onStage))).toEqual([403, 50_013]);
    expect(await bench.refusal(patch(second.id, { status: 2 }))).toEqual([403, 50_013]);
  });

  const weekly = (changes: object = {}) =>
    party({ recurrence_rule: { start: inHours(1), frequency: 2, interval: 1, by_weekday: [0], ...changes } });

  it('recurs: what is over is planned anew, but for what is called off or moved', async () => {
    const event = await create(weekly());
    expect(event).toMatchObject({ recurrence_rule: { frequency: 2, interval: 1, by_weekday: [0], end: null } });
    const exceptions = `${events}/${event.id}/exceptions`;
    const off = { original_scheduled_start_time: '2026-03-09T13:00:00Z', is_canceled: true };
    const canceled = await bench.json(bench.rest('POST', exceptions, off));
    expect(canceled).toMatchObject({ event_id: event.id, is_canceled: true, scheduled_start_time: null });
    expect(await bench.refusal(bench.rest('POST', exceptions, off))).toEqual([400, 50_035]);
    const moved = await bench.json(
      bench.rest('POST', exceptions, {
        original_scheduled_start_time: '2026-03-16T13:00:00Z',
        scheduled_start_time: '2026-03-17T09:00:00Z',
      }),
    );
    const movedPath = `${exceptions}/${String(moved['event_exception_id'])}`;
    bench.control.advance(2 * HOUR_MS);
    expect(await bench.json(bench.rest('GET', `${events}/${event.id}`))).toMatchObject({
      status: 1,
      scheduled_start_time: '2026-03-17T09:00:00Z',
      scheduled_end_time: '2026-03-17T10:00:00.000Z',
      guild_scheduled_event_exceptions: [{ is_canceled: true }, { is_canceled: false }],
    });
    expect(await bench.json(bench.rest('PATCH', movedPath, { is_canceled: true }))).toMatchObject({
      is_canceled: true,
    });
    expect((await bench.rest('DELETE', movedPath)).status).toBe(204);
    expect(await bench.refusal(bench.rest('DELETE', movedPath))).toEqual([404, 10_070]);
    const kinds = bench.control.guilds()[0]!.auditLog.map(({ actionType }) => Number(actionType));
    expect(kinds.filter((kind) => kind >= 200)).toEqual([200, 200, 201, 202]);
  });

  it('counts and lists who comes to one occurrence', async () => {
    const event = await create(weekly());
    const personId = bench.person('person');
    const exception = await bench.json(
      bench.rest('POST', `${events}/${event.id}/exceptions`, { original_scheduled_start_time: '2026-03-09T13:00:00Z' }),
    );
    const exceptionId = String(exception['event_exception_id']);
    const interest = { userId: personId, isInterested: true };
    bench.control.setInterest(bench.guildId, event.id, { ...interest, exceptionId });
    const path = `${events}/${event.id}`;
    expect(
      await bench.json(bench.rest('GET', `${path}/users/counts?guild_scheduled_event_exception_ids=${exceptionId}`)),
    ).toEqual({ guild_scheduled_event_count: 0, guild_scheduled_event_exception_counts: { [exceptionId]: 1 } });
    expect(await bench.json(bench.rest('GET', `${path}/${exceptionId}/users`))).toMatchObject([
      { guild_scheduled_event_exception_id: exceptionId, user: { id: personId } },
    ]);
    expect(await bench.json(bench.rest('GET', `${path}/users`))).toEqual([]);
  });

  it.each<[fault: string, rule: object]>([
    ['two kinds of days', { by_n_weekday: [{ n: 1, day: 0 }] }],
    ['two weekdays of a week', { by_weekday: [0, 1] }],
    ['a set of days that Discord does not have', { frequency: 3, by_weekday: [0, 2, 4] }],
    ['every third week', { interval: 3 }],
    ['every second day', { frequency: 3, by_weekday: null, interval: 2 }],
    ['a number of times', { count: 5 }],
    ['an end', { end: inHours(1_000) }],
    ['a month without a day', { frequency: 0, by_weekday: null, by_month: [2] }],
  ])('refuses to recur with %s', async (_fault, rule) => {
    expect(await bench.refusal(bench.rest('POST', events, weekly(rule)))).toEqual([400, 50_035]);
    expect(bench.control.guilds()[0]!.scheduledEvents.size).toBe(0);
  });

  it('has an image, a name of 100 characters, and 99 others beside it', async () => {
    const event = await create(party({ image: PNG, name: 'n'.repeat(100), description: 'd'.repeat(1_000) }));
    expect(event['image']).toMatch(/^[0-9a-f]{32}$/);
    const refused = (changes: object) => bench.refusal(bench.rest('POST', events, party(changes)));
    expect(await refused({ image: 'data:image/png;base64,AAAA' })).toEqual([400, 50_035]);
    expect(await refused({ name: 'n'.repeat(101) })).toEqual([400, 50_035]);
    expect(await refused({ description: 'd'.repeat(1_001) })).toEqual([400, 50_035]);
    expect(await refused({ entity_metadata: { location: 'l'.repeat(101) } })).toEqual([400, 50_035]);
    for (let count = 1; count < 100; count += 1) {
      bench.control.createScheduledEvent(bench.guildId, { name: 'x', startAt: inHours(9), location: 'x', endAt: null });
    }
    expect(await refused({})).toEqual([400, 30_038]);
    expect((await bench.rest('DELETE', `${events}/${event.id}`)).status).toBe(204);
    await create(party());
  });

  it('keeps its times, its rule and what departs from it over a restart', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'simulator-'));
    const first = await Bench.start({ startAt, dataDir, botPermissions: HOST });
    const path = `/guilds/${first.guildId}/scheduled-events`;
    const event = await first.json<Made>(first.rest('POST', path, weekly()));
    const off = { original_scheduled_start_time: '2026-03-09T13:00:00Z', is_canceled: true };
    await first.json(first.rest('POST', `${path}/${event.id}/exceptions`, off));
    const stage = first.control.createChannel(first.guildId, { name: 'Stage', type: 13 });
    await first.json(first.rest('POST', '/stage-instances', { channel_id: stage.id, topic: 'News' }));
    const before = first.control.snapshot(first.guildId);
    await first.close();
    const again = await startSimulator({ port: 0, seed: 'empty', activity: false, dataDir, startAt });
    expect(again.control.snapshot(first.guildId)).toEqual(before);
    const stored = (control: Control) => control.guilds()[0]!.scheduledEvents.get(event.id)!;
    again.control.advance(HOUR_MS);
    expect(stored(again.control).status).toBe(2);
    again.control.advance(HOUR_MS);
    expect(stored(again.control)).toMatchObject({ status: 1, startAt: '2026-03-16T13:00:00.000Z' });
    await again.close();
    await rm(dataDir, { recursive: true });
  });
});
