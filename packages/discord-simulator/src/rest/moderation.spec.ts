import { AuditLogEvent, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench, BOT_PERMISSIONS } from '../../testing/bench.js';
import { demoApplication } from '../index.js';

const MODERATOR =
  BOT_PERMISSIONS |
  Permission.BanMembers |
  Permission.ManageGuild |
  Permission.ManageNicknames |
  Permission.ManageMessages |
  Permission.ModerateMembers |
  Permission.MoveMembers |
  Permission.Connect |
  Permission.MuteMembers |
  Permission.ViewAuditLog;

describe('moderation over REST', () => {
  let bench: Bench;
  let personId: string;
  let guild: string;
  beforeEach(async () => {
    bench = await Bench.start({ botPermissions: MODERATOR });
    personId = bench.person('person');
    guild = `/guilds/${bench.guildId}`;
  });
  afterEach(() => bench.close());

  const setBotPermissions = (permissions: bigint) => {
    const role = bench.control
      .guilds()[0]!
      .roles.values()
      .find((it) => it.botId !== null)!;
    bench.control.updateRole(bench.guildId, role.id, { permissions: permissions.toString() });
  };
  const lastEntry = async (actionType: AuditLogEvent) => {
    const log = await bench.json<{ audit_log_entries: Record<string, unknown>[] }>(
      bench.rest('GET', `${guild}/audit-logs?action_type=${actionType}&limit=1`),
    );
    return log.audit_log_entries[0];
  };

  it('bans with a reason that everybody can read, deletes what was written, and unbans', async () => {
    bench.control.sendMessage(personId, bench.channelId, 'spam');
    const reason = { 'x-audit-log-reason': encodeURIComponent('Spam – à répétition') };
    expect((await bench.rest('PUT', `${guild}/bans/${personId}`, { delete_message_seconds: 60 }, reason)).status).toBe(
      204,
    );
    expect(await bench.json(bench.rest('GET', `${guild}/bans/${personId}`))).toMatchObject({
      reason: 'Spam – à répétition',
      user: { id: personId },
    });
    expect(bench.control.listSentMessages()).toEqual([]);
    expect(await bench.refusal(bench.rest('GET', `${guild}/members/${personId}`))).toEqual([404, 10_007]);
    expect(await lastEntry(AuditLogEvent.MemberBanAdd)).toMatchObject({
      user_id: demoApplication.id,
      target_id: personId,
      reason: 'Spam – à répétition',
    });
    expect((await bench.rest('DELETE', `${guild}/bans/${personId}`)).status).toBe(204);
    expect(await bench.refusal(bench.rest('DELETE', `${guild}/bans/${personId}`))).toEqual([404, 10_026]);
  });

  it('pages through bans from either end', async () => {
    const ids = Array.from({ length: 5 }, (_, index) => bench.person(`banned${index}`));
    for (const id of ids) bench.control.ban(bench.guildId, id);
    const page = async (query: string) =>
      (await bench.json<{ user: { id: string } }[]>(bench.rest('GET', `${guild}/bans?${query}`))).map(
        ({ user }) => user.id,
      );
    expect(await page('limit=2')).toEqual(ids.slice(0, 2));
    expect(await page(`limit=2&after=${ids[1]}`)).toEqual(ids.slice(2, 4));
    expect(await page(`limit=2&before=${ids[4]}`)).toEqual(ids.slice(2, 4));
  });

  it('bans many at once and tells whom it could not', async () => {
    const ids = [bench.person('one'), bench.person('two')];
    const body = { user_ids: [...ids, bench.ownerId, '1'] };
    expect(await bench.json(bench.rest('POST', `${guild}/bulk-ban`, body))).toEqual({
      banned_users: ids,
      failed_users: [bench.ownerId, '1'],
    });
    expect(await bench.refusal(bench.rest('POST', `${guild}/bulk-ban`, body))).toEqual([400, 500_000]);
    setBotPermissions(Permission.BanMembers);
    expect(await bench.refusal(bench.rest('POST', `${guild}/bulk-ban`, body))).toEqual([403, 50_013]);
  });

  it('times out for 28 days at most, and the timeout ends by itself', async () => {
    const until = (ms: number) => ({ communication_disabled_until: new Date(Date.now() + ms).toISOString() });
    const patch = (body: object) => bench.rest('PATCH', `${guild}/members/${personId}`, body);
    expect(await bench.refusal(patch(until(28 * 86_400_000 + 60_000)))).toEqual([400, 50_035]);
    const wanted = until(3_600_000);
    expect(await bench.json(patch(wanted))).toMatchObject(wanted);
    const member = bench.control.guilds()[0]!.members.get(personId)!;
    const canWrite = () =>
      fetch(`${bench.simulator.url}/client/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ as: personId, channelId: bench.channelId, content: 'hi' }),
      }).then((response) => response.status);
    expect(await canWrite()).toBe(403);
    member.timeoutUntil = new Date(Date.now() - 1).toISOString();
    expect(await canWrite()).toBe(200);
  });

  it('does not time out administrators', async () => {
    const role = bench.control.createRole(bench.guildId, {
      name: 'Admin',
      permissions: Permission.Administrator,
      position: 0,
    });
    bench.control.giveRole(bench.guildId, personId, role.id);
    const body = { communication_disabled_until: new Date(Date.now() + 60_000).toISOString() };
    expect(await bench.refusal(bench.rest('PATCH', `${guild}/members/${personId}`, body))).toEqual([403, 50_013]);
  });

  it('renames, gives and takes roles, with one audit entry each', async () => {
    const role = bench.control.createRole(bench.guildId, { name: 'Helper', position: 0 });
    expect(await bench.json(bench.rest('PATCH', `${guild}/members/${personId}`, { nick: 'Nick' }))).toMatchObject({
      nick: 'Nick',
    });
    expect(await lastEntry(AuditLogEvent.MemberUpdate)).toMatchObject({
      changes: [{ key: 'nick', new_value: 'Nick' }],
    });
    const path = `${guild}/members/${personId}/roles/${role.id}`;
    for (let round = 0; round < 2; round += 1) expect((await bench.rest('PUT', path)).status).toBe(204);
    const log = await bench.json<{ audit_log_entries: unknown[] }>(
      bench.rest('GET', `${guild}/audit-logs?action_type=${AuditLogEvent.MemberRoleUpdate}`),
    );
    expect(log.audit_log_entries).toHaveLength(1);
    expect(await bench.json(bench.rest('GET', `${guild}/members/${personId}`))).toMatchObject({ roles: [role.id] });
    expect((await bench.rest('DELETE', path)).status).toBe(204);
    expect(await lastEntry(AuditLogEvent.MemberRoleUpdate)).toMatchObject({
      changes: [{ key: '$remove', new_value: [{ id: role.id, name: 'Helper' }] }],
    });
  });

  it.each<
    [behaviour: string, method: string, path: (ids: { guild: string; person: string }) => string, missing: bigint]
  >([
    ['ban', 'PUT', ({ guild: g, person }) => `${g}/bans/${person}`, Permission.BanMembers],
    ['unban', 'DELETE', ({ guild: g, person }) => `${g}/bans/${person}`, Permission.BanMembers],
    ['list bans', 'GET', ({ guild: g }) => `${g}/bans`, Permission.BanMembers],
    ['kick', 'DELETE', ({ guild: g, person }) => `${g}/members/${person}`, Permission.KickMembers],
    ['rename', 'PATCH', ({ guild: g, person }) => `${g}/members/${person}`, Permission.ManageNicknames],
    ['read the audit log', 'GET', ({ guild: g }) => `${g}/audit-logs`, Permission.ViewAuditLog],
  ])('refuses to %s without the permission', async (_behaviour, method, path, missing) => {
    setBotPermissions(MODERATOR & ~missing);
    const body = method === 'PATCH' ? { nick: 'x' } : undefined;
    expect(await bench.refusal(bench.rest(method, path({ guild, person: personId }), body))).toEqual([403, 50_013]);
  });

  it('never acts against the owner or somebody above', async () => {
    const high = bench.control.createRole(bench.guildId, { name: 'High', position: 50 });
    const above = bench.person('above', [high.id]);
    for (const id of [bench.ownerId, above]) {
      expect(await bench.refusal(bench.rest('PUT', `${guild}/bans/${id}`))).toEqual([403, 50_013]);
      expect(await bench.refusal(bench.rest('DELETE', `${guild}/members/${id}`))).toEqual([403, 50_013]);
      expect(await bench.refusal(bench.rest('PATCH', `${guild}/members/${id}`, { nick: 'x' }))).toEqual([403, 50_013]);
    }
    expect(await bench.refusal(bench.rest('PUT', `${guild}/members/${personId}/roles/${high.id}`))).toEqual([
      403, 50_013,
    ]);
  });

  it('mutes, moves and disconnects those in voice, and only those', async () => {
    const voice = bench.control.createChannel(bench.guildId, { name: 'Voice', type: 2 });
    const other = bench.control.createChannel(bench.guildId, { name: 'Other', type: 2 });
    const patch = (body: object) => bench.rest('PATCH', `${guild}/members/${personId}`, body);
    expect(await bench.refusal(patch({ mute: true }))).toEqual([400, 40_032]);
    bench.control.joinVoice(voice.id, personId);
    await bench.json(patch({ mute: true, channel_id: other.id }));
    expect(await bench.json(bench.rest('GET', `${guild}/voice-states/${personId}`))).toMatchObject({
      mute: true,
      channel_id: other.id,
    });
    await bench.json(patch({ channel_id: null }));
    expect(await bench.refusal(bench.rest('GET', `${guild}/voice-states/${personId}`))).toEqual([404, 10_065]);
  });

  it('logs who deleted the message of somebody else, not of oneself', async () => {
    const { id } = bench.control.sendMessage(personId, bench.channelId, 'rude');
    expect((await bench.rest('DELETE', `/channels/${bench.channelId}/messages/${id}`)).status).toBe(204);
    const entry = { target_id: personId, options: { channel_id: bench.channelId, count: '1' } };
    expect(await lastEntry(AuditLogEvent.MessageDelete)).toMatchObject(entry);
    const own = await bench.json<{ id: string }>(
      bench.rest('POST', `/channels/${bench.channelId}/messages`, { content: 'mine' }),
    );
    await bench.rest('DELETE', `/channels/${bench.channelId}/messages/${own.id}`);
    expect(await lastEntry(AuditLogEvent.MessageDelete)).toMatchObject(entry);
  });

  it('filters the audit log and pages through it', async () => {
    for (let index = 0; index < 4; index += 1) bench.control.setNickname(bench.guildId, personId, `nick ${index}`);
    const ids = async (query: string) =>
      (
        await bench.json<{ audit_log_entries: { id: string; user_id: string }[] }>(
          bench.rest('GET', `${guild}/audit-logs?action_type=24&${query}`),
        )
      ).audit_log_entries.map(({ id }) => id);
    const all = await ids('');
    expect(all).toHaveLength(4);
    expect([...all].sort().reverse()).toEqual(all);
    expect(await ids(`before=${all[1]}&limit=1`)).toEqual([all[2]]);
    expect(await ids(`after=${all[2]}`)).toEqual([all[1], all[0]]);
    expect(await ids(`user_id=${demoApplication.id}`)).toEqual([]);
  });

  it('sends a message once for one enforced nonce', async () => {
    const send = () =>
      bench.json<{ id: string }>(
        bench.rest('POST', `/channels/${bench.channelId}/messages`, {
          content: 'once',
          nonce: 'job-1',
          enforce_nonce: true,
        }),
      );
    expect((await send()).id).toBe((await send()).id);
    expect(bench.control.listSentMessages()).toHaveLength(1);
  });
});
