import { AuditLogEvent, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench, BOT_PERMISSIONS } from '../../testing/bench.js';
import { demoApplication } from '../index.js';

const BUILDER = BOT_PERMISSIONS | Permission.ManageChannels | Permission.ManageGuild | Permission.ViewAuditLog;

interface Named {
  id: string;
  [field: string]: unknown;
}

describe('channels, roles and invites over REST', () => {
  let bench: Bench;
  let guild: string;
  beforeEach(async () => {
    bench = await Bench.start({ botPermissions: BUILDER });
    guild = `/guilds/${bench.guildId}`;
  });
  afterEach(() => bench.close());

  const lastEntry = async (actionType: AuditLogEvent) => {
    const log = await bench.json<{ audit_log_entries: Record<string, unknown>[] }>(
      bench.rest('GET', `${guild}/audit-logs?action_type=${actionType}&limit=1`),
    );
    return log.audit_log_entries[0];
  };
  const createChannel = (body: object) => bench.json<Named>(bench.rest('POST', `${guild}/channels`, body), 201);

  it('creates, changes and deletes channels, and says so in the audit log', async () => {
    const category = await createChannel({ name: 'Rooms', type: 4 });
    const channel = await createChannel({
      name: 'Big Room',
      parent_id: category.id,
      topic: 'Talk',
      rate_limit_per_user: 5,
    });
    expect(channel).toMatchObject({ name: 'big-room', parent_id: category.id, topic: 'Talk', rate_limit_per_user: 5 });
    const patch = (body: object) =>
      bench.rest('PATCH', `/channels/${channel.id}`, body, { 'x-audit-log-reason': 'why' });
    expect(await bench.json(patch({ topic: null, nsfw: true, parent_id: null }))).toMatchObject({
      topic: null,
      nsfw: true,
      parent_id: null,
    });
    expect(await lastEntry(AuditLogEvent.ChannelUpdate)).toMatchObject({
      target_id: channel.id,
      reason: 'why',
      changes: expect.arrayContaining([{ key: 'topic', old_value: 'Talk' }]) as unknown,
    });
    expect((await bench.rest('DELETE', `/channels/${channel.id}`)).status).toBe(200);
    expect(await bench.refusal(bench.rest('GET', `/channels/${channel.id}`))).toEqual([404, 10_003]);
    expect(await lastEntry(AuditLogEvent.ChannelDelete)).toMatchObject({ target_id: channel.id });
  });

  it('refuses what makes no sense', async () => {
    const create = (body: object) => bench.refusal(bench.rest('POST', `${guild}/channels`, body));
    expect(await create({})).toEqual([400, 50_035]);
    expect(await create({ name: 'x', parent_id: bench.channelId })).toEqual([400, 50_035]);
    expect(await create({ name: 'x', rate_limit_per_user: 21_601 })).toEqual([400, 50_035]);
    expect(await create({ name: 'x', type: 3 })).toEqual([400, 50_035]);
  });

  it('moves channels', async () => {
    const category = await createChannel({ name: 'Rooms', type: 4 });
    const move = [{ id: bench.channelId, position: 7, parent_id: category.id }];
    expect((await bench.rest('PATCH', `${guild}/channels`, move)).status).toBe(204);
    expect(await bench.json(bench.rest('GET', `/channels/${bench.channelId}`))).toMatchObject({
      position: 7,
      parent_id: category.id,
    });
  });

  it('sets and removes overwrites, never beyond what the bot holds', async () => {
    const path = `/channels/${bench.channelId}/permissions/${bench.guildId}`;
    const put = (deny: bigint) => bench.rest('PUT', path, { type: 0, allow: '0', deny: deny.toString() });
    expect((await put(Permission.SendMessages)).status).toBe(204);
    expect(await bench.json(bench.rest('GET', `/channels/${bench.channelId}`))).toMatchObject({
      permission_overwrites: [{ id: bench.guildId, type: 0, allow: '0', deny: Permission.SendMessages.toString() }],
    });
    expect(await lastEntry(AuditLogEvent.ChannelOverwriteCreate)).toMatchObject({
      options: { id: bench.guildId, type: '0', role_name: '@everyone' },
    });
    expect(await bench.refusal(put(Permission.BanMembers))).toEqual([403, 50_013]);
    expect((await bench.rest('DELETE', path)).status).toBe(204);
    expect(await bench.refusal(bench.rest('DELETE', path))).toEqual([404, 10_009]);
  });

  it('creates roles at the bottom, changes and orders them below its own, and deletes them', async () => {
    const create = (name: string) =>
      bench.json<Named>(bench.rest('POST', `${guild}/roles`, { name, permissions: '1024' }));
    const [first, second] = [await create('First'), await create('Second')];
    expect(first).toMatchObject({ position: 1, permissions: '1024' });
    expect(
      await bench.json(bench.rest('PATCH', `${guild}/roles/${first.id}`, { color: 0xff0000, hoist: true })),
    ).toMatchObject({ color: 0xff0000, hoist: true, position: 2 });
    expect(await lastEntry(AuditLogEvent.RoleUpdate)).toMatchObject({ target_id: first.id });
    const own = bench.control
      .guilds()[0]!
      .roles.values()
      .find((role) => role.botId !== null)!;
    expect(own.position).toBe(3);
    const order = (position: number) => bench.rest('PATCH', `${guild}/roles`, [{ id: second.id, position }]);
    const positions = await bench.json<Named[]>(order(2));
    expect(Object.fromEntries(positions.map(({ id, position }) => [id, position]))).toEqual({
      [bench.guildId]: 0,
      [first.id]: 1,
      [second.id]: 2,
      [own.id]: 3,
    });
    expect(await bench.refusal(order(3))).toEqual([403, 50_013]);
    expect(
      await bench.refusal(
        bench.rest('PATCH', `${guild}/roles/${second.id}`, { permissions: Permission.BanMembers.toString() }),
      ),
    ).toEqual([403, 50_013]);
    expect(await bench.refusal(bench.rest('DELETE', `${guild}/roles/${own.id}`))).toEqual([400, 50_028]);
    expect((await bench.rest('DELETE', `${guild}/roles/${second.id}`)).status).toBe(204);
    expect(await bench.json(bench.rest('GET', `${guild}/roles/member-counts`))).toEqual({ [first.id]: 0, [own.id]: 1 });
  });

  it('makes invites, gives equal ones again, and forgets those that ended', async () => {
    const create = (body: object) =>
      bench.json<{ code: string }>(bench.rest('POST', `/channels/${bench.channelId}/invites`, body));
    const invite = await create({ max_age: 60, max_uses: 1 });
    expect((await create({ max_age: 60, max_uses: 1 })).code).toBe(invite.code);
    const unique = await create({ max_age: 60, max_uses: 1, unique: true });
    expect(unique.code).not.toBe(invite.code);
    expect(await bench.json(bench.rest('GET', `/invites/${invite.code}?with_counts=true`))).toMatchObject({
      guild: { id: bench.guildId },
      approximate_member_count: 2,
    });
    expect(await bench.json<unknown[]>(bench.rest('GET', `${guild}/invites`))).toHaveLength(2);
    const guest = bench.control.createUser({ username: 'guest' });
    bench.control.followInvite(guest.id, invite.code);
    expect(await bench.refusal(bench.rest('GET', `/invites/${invite.code}`))).toEqual([404, 10_006]);
    expect(await bench.json(bench.rest('GET', `${guild}/members/${guest.id}`))).toMatchObject({
      user: { id: guest.id },
    });
    bench.control.guilds()[0]!.invites.get(unique.code)!.createdAt = new Date(Date.now() - 61_000).toISOString();
    expect(await bench.json(bench.rest('GET', `/channels/${bench.channelId}/invites`))).toEqual([]);
    const last = await create({ max_age: 0 });
    expect((await bench.rest('DELETE', `/invites/${last.code}`)).status).toBe(200);
    expect(await lastEntry(AuditLogEvent.InviteDelete)).toMatchObject({
      user_id: demoApplication.id,
      changes: expect.arrayContaining([{ key: 'code', old_value: last.code }]) as unknown,
    });
  });
});
