import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench } from '../../testing/bench.js';

describe('the control API over HTTP', () => {
  let bench: Bench;
  let personId: string;
  beforeEach(async () => {
    bench = await Bench.start();
    personId = bench.person('person');
  });
  afterEach(() => bench.close());

  async function call<Answer = Record<string, string>>(name: string, body: object, status = 200): Promise<Answer> {
    const response = await fetch(`${bench.simulator.url}/control/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    expect([name, response.status, text]).toEqual([name, status, expect.any(String)]);
    return JSON.parse(text) as Answer;
  }

  const guild = () => bench.control.guilds().find(({ id }) => id === bench.guildId)!;

  it('does to members what moderators do', async () => {
    const of = { guildId: bench.guildId, userId: personId };
    const { id: roleId } = await call('createRole', { guildId: bench.guildId, name: 'Helper' });
    await call('giveRole', { ...of, roleId });
    expect(guild().members.get(personId)!.roleIds).toEqual([roleId]);
    await call('takeRole', { ...of, roleId });
    expect(guild().members.get(personId)!.roleIds).toEqual([]);
    await call('timeOut', { ...of, until: '2099-01-01T00:00:00.000Z' });
    expect(guild().members.get(personId)!.timeoutUntil).toBe('2099-01-01T00:00:00.000Z');
    await call('transferOwnership', of);
    expect(guild().ownerId).toBe(personId);
    await call('kick', { ...of, userId: bench.ownerId, byUserId: personId, reason: 'out' });
    expect(guild().members.has(bench.ownerId)).toBe(false);
    expect(guild().auditLog.at(-1)).toMatchObject({ actionType: 20, userId: personId, reason: 'out' });
  });

  it('acts in a community', async () => {
    const { guildId, channelId } = bench;
    const voice = bench.control.createChannel(guildId, { name: 'Voice', type: 2 });
    await call('joinVoice', { channelId: voice.id, userId: personId });
    expect(guild().voiceStates.size).toBe(1);
    await call('leaveVoice', { guildId, userId: personId });
    expect(guild().voiceStates.size).toBe(0);
    const { code } = await call('createInvite', { channelId, userId: personId, maxUses: 5 });
    const guest = await call('createUser', { username: 'guest' });
    expect(await call('followInvite', { userId: guest['id'], code })).toMatchObject({ userId: guest['id'] });
    await call('deleteInvite', { code });
    await call('followInvite', { userId: guest['id'], code }, 404);
    const event = { guildId, name: 'Party', startAt: '2099-01-01T00:00:00.000Z', location: 'Here' };
    const { id: eventId } = await call('createScheduledEvent', event);
    await call('updateScheduledEvent', { guildId, eventId, changes: { status: 2 } });
    expect(guild().scheduledEvents.get(eventId!)).toMatchObject({ status: 2, name: 'Party', location: 'Here' });
    const { id: threadId } = await call('startThread', { channelId, userId: personId, name: 'Topic' });
    await call('joinThread', { threadId, userId: guest['id'] });
    await call('updateThread', { threadId, changes: { isArchived: true } });
    expect(guild().threads.get(threadId!)!.thread).toMatchObject({ isArchived: true, members: [{}, {}] });
    const rule = { guildId, name: 'No spam', keywords: ['spam'], actions: [{ type: 1 }] };
    await call('createAutoModerationRule', rule);
    const blocked = await call('sendMessage', { channelId, userId: personId, content: 'spam' }, 400);
    expect(blocked['error']).toContain('blocked');
  });

  it('makes and changes channels of every type', async () => {
    const { guildId } = bench;
    const { id: forumId } = await call('createChannel', { guildId, name: 'help', type: 15, topic: 'Ask' });
    const { id: postId } = await call('startPost', { channelId: forumId, userId: personId, name: 'Why', content: 'x' });
    expect(guild().threads.get(postId!)).toMatchObject({ name: 'Why', parentId: forumId });
    await call('startPost', { channelId: bench.channelId, userId: personId, name: 'Why', content: 'x' }, 404);
    await call('updateChannel', { channelId: forumId, changes: { slowmodeSeconds: 30 } });
    expect(guild().channels.get(forumId!)).toMatchObject({ name: 'help', topic: 'Ask', slowmodeSeconds: 30 });
    const { id: directId } = await call('directChannel', { userId: personId, otherId: bench.ownerId });
    await call('sendMessage', { channelId: directId, userId: personId, content: 'between us' });
    expect(bench.control.listSentMessages({ channelId: directId! })).toMatchObject([{ content: 'between us' }]);
  });

  it('makes a large guild', async () => {
    const { id } = await call('createLargeGuild', { name: 'Large', ownerId: bench.ownerId, memberCount: 500 });
    expect(bench.control.guilds().find((it) => it.id === id)!.members.size).toBe(501);
  });
});
