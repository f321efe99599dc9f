import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench, BOT_PERMISSIONS } from '../../testing/bench.js';
import { demoApplication } from '../index.js';

interface Thread {
  id: string;
  [field: string]: unknown;
}

describe('threads over REST', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.start({ botPermissions: BOT_PERMISSIONS | Permission.CreatePrivateThreads });
  });
  afterEach(() => bench.close());

  const start = (body: object) =>
    bench.json<Thread>(bench.rest('POST', `/channels/${bench.channelId}/threads`, body), 201);

  it('starts one thread from a message, with its id', async () => {
    const messageId = bench.say('a topic');
    const path = `/channels/${bench.channelId}/messages/${messageId}`;
    expect(await bench.json(bench.rest('POST', `${path}/threads`, { name: 'Topic' }), 201)).toMatchObject({
      id: messageId,
      type: 11,
      parent_id: bench.channelId,
      owner_id: demoApplication.id,
      member: { user_id: demoApplication.id },
    });
    expect(await bench.refusal(bench.rest('POST', `${path}/threads`, { name: 'Again' }))).toEqual([400, 160_004]);
    expect(await bench.json(bench.rest('GET', path))).toMatchObject({ flags: 32, thread: { id: messageId } });
    expect(await bench.json(bench.rest('GET', `/guilds/${bench.guildId}/channels`))).toHaveLength(1);
  });

  it('holds messages, and comes back from the archive when somebody writes', async () => {
    const thread = await start({ name: 'Free', type: 11, auto_archive_duration: 60 });
    const write = () => bench.json(bench.rest('POST', `/channels/${thread.id}/messages`, { content: 'hello' }));
    await write();
    const archive = { archived: true };
    expect(await bench.json(bench.rest('PATCH', `/channels/${thread.id}`, archive))).toMatchObject({
      message_count: 1,
      thread_metadata: { archived: true, auto_archive_duration: 60 },
    });
    expect(await bench.refusal(bench.rest('PATCH', `/channels/${thread.id}`, { name: 'x' }))).toEqual([400, 50_083]);
    const list = (path: string) => bench.json<{ threads: Thread[] }>(bench.rest('GET', path));
    const archivedPath = `/channels/${bench.channelId}/threads/archived/public`;
    expect((await list(archivedPath)).threads).toMatchObject([{ id: thread.id }]);
    expect((await list(`/guilds/${bench.guildId}/threads/active`)).threads).toEqual([]);
    await write();
    expect((await list(archivedPath)).threads).toEqual([]);
    expect((await list(`/guilds/${bench.guildId}/threads/active`)).threads).toMatchObject([{ id: thread.id }]);
  });

  it('adds, lists and removes members', async () => {
    const personId = bench.person('person');
    const thread = await start({ name: 'Private' });
    expect(thread['type']).toBe(12);
    const members = `/channels/${thread.id}/thread-members`;
    expect((await bench.rest('PUT', `${members}/${personId}`)).status).toBe(204);
    expect(await bench.json(bench.rest('GET', `${members}?with_member=true`))).toMatchObject([
      { user_id: demoApplication.id },
      { user_id: personId, member: { user: { username: 'person' } } },
    ]);
    expect((await bench.rest('DELETE', `${members}/${personId}`)).status).toBe(204);
    expect(await bench.refusal(bench.rest('GET', `${members}/${personId}`))).toEqual([404, 10_007]);
    expect((await bench.rest('DELETE', `${members}/@me`)).status).toBe(204);
    expect(await bench.refusal(bench.rest('GET', `/channels/${thread.id}`))).toEqual([403, 50_001]);
  });

  it('lets only those who manage threads lock, delete, and change what others started', async () => {
    const foreign = bench.control.startThread(bench.ownerId, bench.channelId, { name: 'Of the owner' });
    const own = await start({ name: 'Own', type: 11 });
    expect(await bench.refusal(bench.rest('PATCH', `/channels/${foreign.id}`, { archived: true }))).toEqual([
      403, 50_013,
    ]);
    expect(await bench.refusal(bench.rest('PATCH', `/channels/${own.id}`, { locked: true }))).toEqual([403, 50_013]);
    expect(await bench.refusal(bench.rest('DELETE', `/channels/${own.id}`))).toEqual([403, 50_013]);
    expect(await bench.json(bench.rest('PATCH', `/channels/${own.id}`, { name: 'Renamed' }))).toMatchObject({
      name: 'Renamed',
    });
    const role = bench.control.createRole(bench.guildId, { name: 'Threads', permissions: Permission.ManageThreads });
    bench.control.giveRole(bench.guildId, demoApplication.id, role.id);
    await bench.json(bench.rest('PATCH', `/channels/${foreign.id}`, { archived: true, locked: true }));
    expect((await bench.rest('DELETE', `/channels/${foreign.id}`)).status).toBe(200);
  });

  it('asks for the permission to speak in threads, not the one of the channel', async () => {
    const thread = await start({ name: 'Free', type: 11 });
    const deny = (permission: bigint) =>
      bench.control.updateChannel(bench.channelId, {
        overwrites: [{ id: demoApplication.id, type: 1, allow: '0', deny: permission.toString() }],
      });
    const write = () => bench.rest('POST', `/channels/${thread.id}/messages`, { content: 'hello' });
    deny(Permission.SendMessages);
    expect((await write()).status).toBe(200);
    deny(Permission.SendMessagesInThreads);
    expect(await bench.refusal(write())).toEqual([403, 50_013]);
  });
});
