import { AuditLogEvent, MessageType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { Events } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench, BOT_PERMISSIONS } from '../../testing/bench.js';

interface Pins {
  items: { pinned_at: string; message: { id: string; pinned: boolean } }[];
  has_more: boolean;
}

describe('pins', () => {
  let bench: Bench;
  let path: string;
  beforeEach(async () => {
    bench = await Bench.start({
      botPermissions: BOT_PERMISSIONS | Permission.PinMessages | Permission.ViewAuditLog,
      startAt: new Date('2026-03-01T12:00:00Z'),
    });
    path = `/channels/${bench.channelId}`;
  });
  afterEach(() => bench.close());

  const pins = (query = '') => bench.json<Pins>(bench.rest('GET', `${path}/messages/pins${query}`));
  const put = (id: string) =>
    bench.rest('PUT', `${path}/messages/pins/${id}`, undefined, { 'x-audit-log-reason': 'why' });

  it('pins a message, says so in the channel and in the audit log, and takes it off again', async () => {
    const id = bench.say('important');
    expect((await put(id)).status).toBe(204);
    expect((await put(id)).status).toBe(204);
    expect(await pins()).toMatchObject({
      items: [{ pinned_at: '2026-03-01T12:00:00.000Z', message: { id, pinned: true } }],
      has_more: false,
    });
    expect(await bench.json(bench.rest('GET', path))).toMatchObject({ last_pin_timestamp: '2026-03-01T12:00:00.000Z' });
    const [notice, ...others] = await bench.json<Record<string, unknown>[]>(bench.rest('GET', `${path}/messages`));
    expect(others).toHaveLength(1);
    expect(notice).toMatchObject({
      type: MessageType.ChannelPinnedMessage,
      message_reference: { type: 0, message_id: id, channel_id: bench.channelId, guild_id: bench.guildId },
    });
    expect(await bench.refusal(put(notice!['id'] as string))).toEqual([403, 50_021]);
    const entries = bench.control.guilds()[0]!.auditLog;
    expect(entries.filter(({ actionType }) => actionType === AuditLogEvent.MessagePin)).toMatchObject([
      { targetId: bench.ownerId, reason: 'why', options: { channel_id: bench.channelId, message_id: id } },
    ]);
    expect((await bench.rest('DELETE', `${path}/messages/pins/${id}`)).status).toBe(204);
    expect(await pins()).toEqual({ items: [], has_more: false });
    expect(await bench.json(bench.rest('GET', path))).toMatchObject({ last_pin_timestamp: null });
    expect(entries.at(-1)).toMatchObject({ actionType: AuditLogEvent.MessageUnpin });
  });

  it('turns the pages from the last pin to the first', async () => {
    const ids = Array.from({ length: 3 }, (_, index) => bench.say(`${index}`));
    for (const id of ids) await put(id);
    const first = await pins('?limit=2');
    expect([first.items.map(({ message }) => message.id), first.has_more]).toEqual([[ids[2], ids[1]], true]);
    const second = await pins(`?limit=2&before=${first.items[1]!.pinned_at}`);
    expect([second.items.map(({ message }) => message.id), second.has_more]).toEqual([[ids[0]], false]);
    expect(await bench.refusal(bench.rest('GET', `${path}/messages/pins?limit=51`))).toEqual([400, 50_035]);
  });

  it('serves the deprecated operations from the same pins', async () => {
    const id = bench.say('important');
    expect((await bench.rest('PUT', `${path}/pins/${id}`)).status).toBe(204);
    expect(await bench.json(bench.rest('GET', `${path}/pins`))).toMatchObject([{ id }]);
    expect((await bench.rest('DELETE', `${path}/pins/${id}`)).status).toBe(204);
    expect(await bench.json(bench.rest('GET', `${path}/pins`))).toEqual([]);
  });

  it('keeps up to 250 pins in a channel', async () => {
    for (let count = 0; count < 250; count += 1) {
      const id = bench.say(`${count}`);
      bench.control.pinMessage(bench.ownerId, bench.channelId, id);
    }
    const last = bench.say('one too many');
    const before = JSON.stringify(bench.control.snapshot(bench.guildId));
    expect(await bench.refusal(put(last))).toEqual([400, 30_003]);
    expect(JSON.stringify(bench.control.snapshot(bench.guildId))).toBe(before);
  });

  it('is a permission of its own', async () => {
    const role = bench.control
      .guilds()[0]!
      .roles.values()
      .find(({ botId }) => botId !== null)!;
    const permissions = (BOT_PERMISSIONS | Permission.ManageMessages).toString();
    const id = bench.say('important');
    bench.control.updateRole(bench.guildId, role.id, { permissions });
    bench.control.updateRole(bench.guildId, bench.guildId, { permissions });
    expect(await bench.refusal(put(id))).toEqual([403, 50_013]);
    expect(await bench.refusal(bench.rest('DELETE', `${path}/pins/${id}`))).toEqual([403, 50_013]);
  });

  it('is dispatched to discord.js, which reads pins too', async () => {
    const client = await bench.login();
    const told = new Promise<Date>((resolve) =>
      client.once(Events.ChannelPinsUpdate, (_, time) => resolve(new Date(time))),
    );
    const id = bench.say('important');
    bench.control.pinMessage(bench.ownerId, bench.channelId, id);
    expect((await told).toISOString()).toBe('2026-03-01T12:00:00.000Z');
    const channel = client.channels.cache.get(bench.channelId);
    if (!channel?.isTextBased()) throw new Error('The channel is not in the cache');
    expect((await channel.messages.fetchPins()).items.map(({ message }) => message.id)).toEqual([id]);
  });
});
