import { AuditLogEvent, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench, BOT_PERMISSIONS } from '../../testing/bench.js';
import { demoApplication } from '../index.js';

interface Made {
  id: string;
  [field: string]: unknown;
}

describe('what Discord limits about channels', () => {
  let bench: Bench;
  let channels: string;
  beforeEach(async () => {
    const botPermissions = BOT_PERMISSIONS | Permission.ManageChannels | Permission.ViewAuditLog;
    bench = await Bench.start({ botPermissions });
    channels = `/guilds/${bench.guildId}/channels`;
  });
  afterEach(() => bench.close());

  const create = (body: object) => bench.json<Made>(bench.rest('POST', channels, { name: 'x', ...body }), 201);
  const fill = (count: number, draft: object = {}) => {
    for (let index = 0; index < count; index += 1) {
      bench.control.createChannel(bench.guildId, { name: `channel-${index}`, ...draft });
    }
  };

  it.each<[limit: string, within: object, beyond: object, code?: number]>([
    ['a name of 100 characters', { name: 'n'.repeat(100) }, { name: 'n'.repeat(101) }],
    ['a topic of 1,024 characters', { topic: 't'.repeat(1_024) }, { topic: 't'.repeat(1_025) }],
    ['slowmode of 6 hours', { rate_limit_per_user: 21_600 }, { rate_limit_per_user: 21_601 }],
    ['99 people in voice', { type: 2, user_limit: 99 }, { type: 2, user_limit: 100 }],
    ['10,000 people on a stage', { type: 13, user_limit: 10_000 }, { type: 13, user_limit: 10_001 }],
    ['8 kbit/s at least', { type: 2, bitrate: 8_000 }, { type: 2, bitrate: 7_999 }],
    ['96 kbit/s in voice', { type: 2, bitrate: 96_000 }, { type: 2, bitrate: 96_001 }, 30_052],
    ['64 kbit/s on a stage', { type: 13, bitrate: 64_000 }, { type: 13, bitrate: 64_001 }, 30_052],
    ['regions there are', { type: 2, rtc_region: 'rotterdam' }, { type: 2, rtc_region: 'atlantis' }],
    ['durations there are', { default_auto_archive_duration: 60 }, { default_auto_archive_duration: 61 }],
    ['types there are', { type: 5 }, { type: 1 }],
  ])('takes %s, and nothing beyond', async (_limit, within, beyond, code = 50_035) => {
    const made = await create(within);
    const before = bench.control.snapshot(bench.guildId);
    expect(await bench.refusal(bench.rest('POST', channels, { name: 'x', ...beyond }))).toEqual([400, code]);
    const { type: _type, ...changes } = beyond as { type?: number };
    if (Object.keys(changes).length > 0) {
      expect(await bench.refusal(bench.rest('PATCH', `/channels/${made.id}`, changes))).toEqual([400, code]);
    }
    expect(bench.control.snapshot(bench.guildId)).toEqual(before);
  });

  it('takes 500 channels, and 50 in a category', async () => {
    const category = await create({ type: 4 });
    fill(49, { parentId: category.id });
    const last = await create({ parent_id: category.id });
    const inFull = { name: 'x', parent_id: category.id };
    expect(await bench.refusal(bench.rest('POST', channels, inFull))).toEqual([400, 50_035]);
    const move = [{ id: bench.channelId, parent_id: category.id }];
    expect(await bench.refusal(bench.rest('PATCH', channels, move))).toEqual([400, 50_035]);
    // Who is in it already may stay.
    await bench.json(bench.rest('PATCH', `/channels/${last.id}`, { name: 'y', parent_id: category.id }));
    fill(448);
    expect(await bench.refusal(bench.rest('POST', channels, { name: 'x' }))).toEqual([400, 30_013]);
    expect(bench.control.guilds()[0]!.channels.size).toBe(500);
  });

  it('moves one channel at a time into a category, and takes over its overwrites where asked', async () => {
    const overwrites = [{ id: bench.guildId, type: 0 as const, allow: '0', deny: Permission.AddReactions.toString() }];
    const category = bench.control.createChannel(bench.guildId, { name: 'Rooms', type: 4, overwrites });
    const other = await create({});
    const into = (id: string) => ({ id, parent_id: category.id, lock_permissions: true });
    const both = bench.rest('PATCH', channels, [into(bench.channelId), into(other.id)]);
    expect(await bench.refusal(both)).toEqual([400, 40_009]);
    expect(bench.control.guilds()[0]!.channels.get(other.id)!.parentId).toBeNull();
    expect((await bench.rest('PATCH', channels, [into(other.id)])).status).toBe(204);
    expect(await bench.json(bench.rest('GET', `/channels/${other.id}`))).toMatchObject({
      parent_id: category.id,
      permission_overwrites: overwrites,
    });
  });

  it('turns text into announcement channels and back, and nothing else', async () => {
    const change = (type: number) => bench.rest('PATCH', `/channels/${bench.channelId}`, { type });
    expect(await bench.json(change(5))).toMatchObject({ type: 5 });
    expect(await bench.json(change(0))).toMatchObject({ type: 0 });
    for (const type of [2, 4, 13, 15, 16]) expect(await bench.refusal(change(type))).toEqual([400, 50_035]);
  });

  it('keeps the channels a community cannot be without', async () => {
    bench.control.guilds()[0]!.settings.rulesChannelId = bench.channelId;
    expect(await bench.refusal(bench.rest('DELETE', `/channels/${bench.channelId}`))).toEqual([400, 50_074]);
    expect(bench.control.guilds()[0]!.channels.has(bench.channelId)).toBe(true);
  });

  it('says what those in a voice channel do', async () => {
    const voice = bench.control.createChannel(bench.guildId, { name: 'Voice', type: 2 });
    const put = (status: string | null, id = voice.id) => bench.rest('PUT', `/channels/${id}/voice-status`, { status });
    expect(await bench.refusal(put('Chess'))).toEqual([403, 50_013]);
    const permissions = Permission.SetVoiceChannelStatus;
    const role = bench.control.createRole(bench.guildId, { name: 'Status', permissions });
    bench.control.giveRole(bench.guildId, demoApplication.id, role.id);
    const client = await bench.login();
    const heard: unknown[] = [];
    client.ws.on('VOICE_CHANNEL_STATUS_UPDATE' as never, (data: unknown) => heard.push(data));
    expect((await put('Chess')).status).toBe(204);
    expect((await put(null)).status).toBe(204);
    await expect
      .poll(() => heard)
      .toEqual([
        { id: voice.id, guild_id: bench.guildId, status: 'Chess' },
        { id: voice.id, guild_id: bench.guildId, status: null },
      ]);
    expect(bench.control.guilds()[0]!.auditLog.slice(-2)).toMatchObject([
      { actionType: AuditLogEvent.VoiceChannelStatusCreate, targetId: voice.id, options: { status: 'Chess' } },
      { actionType: AuditLogEvent.VoiceChannelStatusDelete, targetId: voice.id },
    ]);
    expect(await bench.refusal(put('s'.repeat(501)))).toEqual([400, 50_035]);
    expect(await bench.refusal(put('Chess', bench.channelId))).toEqual([400, 50_024]);
    expect(voice.voiceStatus).toBeNull();
  });
});
