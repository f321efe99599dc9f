import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startSimulator, type Simulator } from '../index.js';

interface Event {
  name: string;
  data: { id?: string; content?: string };
}

/** Collects the live events of a person until closed. */
class LiveStream {
  readonly events: Event[] = [];
  private readonly abort = new AbortController();

  static async open(url: string, userId: string): Promise<LiveStream> {
    const stream = new LiveStream();
    const response = await fetch(`${url}/client/live?as=${userId}`, { signal: stream.abort.signal });
    void stream.read(response.body!.pipeThrough(new TextDecoderStream()));
    return stream;
  }

  private async read(body: ReadableStream<string>): Promise<void> {
    let text = '';
    try {
      for await (const chunk of body) {
        const blocks = (text + chunk).split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) {
          const [, name, data] = /^event: (.+)\ndata: (.+)$/.exec(block) ?? [];
          if (name && data) this.events.push({ name, data: JSON.parse(data) as Event['data'] });
        }
      }
    } catch (error) {
      if (!this.abort.signal.aborted) throw error;
    }
  }

  texts(): (string | undefined)[] {
    return this.events.filter(({ name }) => name === 'MESSAGE_CREATE').map(({ data }) => data.content);
  }

  close(): void {
    this.abort.abort();
  }
}

describe('what the client is told and may do', () => {
  let simulator: Simulator;
  let owner: string;
  let member: string;
  let stranger: string;
  let guildId: string;
  let open: string;
  let secret: string;
  const streams: LiveStream[] = [];

  beforeEach(async () => {
    simulator = await startSimulator({ port: 0, seed: 'empty', activity: false });
    const { control } = simulator;
    [owner = '', member = '', stranger = ''] = ['owner', 'member', 'stranger'].map(
      (username) => control.createUser({ username }).id,
    );
    guildId = control.createGuild({ name: 'Guild', ownerId: owner }).id;
    control.addMember(guildId, member);
    open = control.createChannel(guildId, { name: 'open' }).id;
    const overwrites = [{ id: guildId, type: 0 as const, allow: '0', deny: Permission.ViewChannel.toString() }];
    secret = control.createChannel(guildId, { name: 'secret', overwrites }).id;
  });
  afterEach(async () => {
    for (const stream of streams.splice(0)) stream.close();
    await simulator.close();
  });

  const listen = async (userId: string) => {
    const stream = await LiveStream.open(simulator.url, userId);
    streams.push(stream);
    return stream;
  };
  const get = (path: string) => fetch(`${simulator.url}/client/${path}`);
  const post = (path: string, body: object, headers = {}) =>
    fetch(`${simulator.url}/client/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });

  it('streams a private channel to those who see it only', async () => {
    const [privileged, plain, outside] = [await listen(owner), await listen(member), await listen(stranger)];
    simulator.control.sendMessage(owner, secret, 'between us');
    simulator.control.sendMessage(owner, open, 'for all');
    await vi.waitFor(() => expect(privileged.texts()).toEqual(['between us', 'for all']));
    await vi.waitFor(() => expect(plain.texts()).toEqual(['for all']));
    const own = simulator.control.createGuild({ name: 'Elsewhere', ownerId: stranger });
    const elsewhere = simulator.control.createChannel(own.id, { name: 'general' });
    simulator.control.sendMessage(stranger, elsewhere.id, 'done');
    await vi.waitFor(() => expect(outside.texts()).toEqual(['done']));
    expect(JSON.stringify(outside.events)).not.toContain(guildId);
  });

  it('stops streaming to somebody who loses the channel', async () => {
    const plain = await listen(member);
    const overwrites = [{ id: guildId, type: 0 as const, allow: '0', deny: Permission.ViewChannel.toString() }];
    simulator.control.updateChannel(open, { overwrites });
    simulator.control.sendMessage(owner, open, 'now hidden');
    simulator.control.setNickname(guildId, member, 'changed');
    await vi.waitFor(() => expect(plain.events.map(({ name }) => name)).toContain('GUILD_PUT'));
    expect(plain.events).toContainEqual({ name: 'CHANNEL_GONE', data: { id: open, guildId } });
    expect(plain.texts()).toEqual([]);
  });

  it('tells changes of channels with the eyes of whoever looks', async () => {
    const [privileged, plain] = [await listen(owner), await listen(member)];
    simulator.control.updateChannel(secret, { name: 'still-secret' });
    simulator.control.setNickname(guildId, owner, 'Boss');
    await vi.waitFor(() => expect(plain.events.map(({ name }) => name)).toContain('MEMBER_PUT'));
    await vi.waitFor(() => expect(privileged.events.map(({ name }) => name)).toContain('CHANNEL_PUT'));
    expect(JSON.stringify(plain.events)).not.toContain('still-secret');
  });

  it('names only the channels a person sees', async () => {
    const world = await (await get(`world?as=${member}`)).text();
    expect(world).toContain('"open"');
    expect(world).not.toContain('secret');
    expect(await (await get(`world?as=${stranger}`)).json()).toMatchObject({ guilds: [], directChannels: [] });
  });

  it.each([
    ['reading', () => get(`messages?as=${member}&channelId=${secret}`)],
    ['writing', () => post('messages', { as: member, channelId: secret, content: 'hi' })],
    ['typing', () => post('typing', { as: stranger, channelId: open })],
    ['listing commands', () => get(`commands?as=${stranger}&channelId=${open}`)],
  ])('refuses %s where the person may not', async (_what, request) => {
    expect((await request()).status).toBe(403);
    expect(simulator.control.listSentMessages()).toEqual([]);
  });

  it('lets people edit and delete what is theirs, and nothing else', async () => {
    const mine = simulator.control.sendMessage(member, open, 'mine').id;
    const theirs = simulator.control.sendMessage(owner, open, 'theirs').id;
    const as = { as: member, channelId: open };
    expect((await post('edits', { ...as, messageId: theirs, content: 'forged' })).status).toBe(403);
    expect((await post('deletions', { ...as, messageId: theirs })).status).toBe(403);
    expect((await post('edits', { ...as, messageId: mine, content: 'better' })).status).toBe(200);
    expect(simulator.control.listSentMessages().map(({ content }) => content)).toEqual(['better', 'theirs']);
    expect((await post('deletions', { as: owner, channelId: open, messageId: mine })).status).toBe(200);
    expect(simulator.control.listSentMessages().map(({ content }) => content)).toEqual(['theirs']);
  });

  it.each([
    ['an unknown person', { as: '1', content: 'x' }, 404],
    ['an empty message', { content: '  ' }, 400],
    ['a message that is too long', { content: 'x'.repeat(2_001) }, 400],
    ['a wrong type', { content: 7 }, 400],
  ])('refuses %s', async (_what, body, status) => {
    expect((await post('messages', { as: member, channelId: open, ...body })).status).toBe(status);
  });

  describe('what people may do to each other', () => {
    const deed = (as: string, userId: string, action: string, rest = {}) =>
      post('moderation', { as, guildId, userId, action, ...rest });

    it.each(['nickname', 'kick', 'ban', 'timeout'])('refuses %s to a member without the permission', async (action) => {
      simulator.control.addMember(guildId, stranger);
      expect((await deed(member, stranger, action, { nick: 'x', minutes: 5 })).status).toBe(403);
      const guild = simulator.control.guilds().find(({ id }) => id === guildId)!;
      expect(guild.members.get(stranger)).toMatchObject({ nick: null, timeoutUntil: null });
      expect(guild.bans.size).toBe(0);
    });

    it('refuses a moderator what is not below them, and an administrator’s timeout to anybody', async () => {
      const { control } = simulator;
      const permissions = Permission.KickMembers | Permission.ModerateMembers;
      const low = control.createRole(guildId, { name: 'low', permissions });
      const high = control.createRole(guildId, { name: 'high', permissions: Permission.Administrator });
      control.giveRole(guildId, member, low.id);
      control.addMember(guildId, stranger, { roleIds: [high.id] });
      expect((await deed(member, stranger, 'kick')).status).toBe(403);
      expect((await deed(member, owner, 'kick')).status).toBe(403);
      expect((await deed(owner, stranger, 'timeout', { minutes: 5 })).status).toBe(403);
      expect((await deed(stranger, member, 'timeout', { minutes: 5 })).status).toBe(200);
      expect((await deed(stranger, member, 'kick')).status).toBe(200);
      expect(await (await get(`world?as=${member}`)).json()).toMatchObject({ guilds: [] });
    });

    it.each([
      ['a timeout of more than 28 days', { action: 'timeout', minutes: 40_321 }],
      ['a nickname of 33 characters', { action: 'nickname', nick: 'x'.repeat(33) }],
      ['a reason of 513 characters', { action: 'kick', reason: 'x'.repeat(513) }],
      ['an unknown action', { action: 'promote' }],
    ])('refuses %s', async (_what, { action, ...rest }) => {
      expect((await deed(owner, member, action, rest)).status).toBe(400);
      expect(await (await get(`world?as=${member}`)).json()).toMatchObject({ guilds: [{ id: guildId }] });
    });

    it('writes into the audit log who did it and why', async () => {
      expect((await deed(owner, member, 'kick', { reason: 'spam' })).status).toBe(200);
      const guild = simulator.control.guilds().find(({ id }) => id === guildId)!;
      expect(guild.auditLog.at(-1)).toMatchObject({ actionType: 20, userId: owner, targetId: member, reason: 'spam' });
    });
  });

  describe('members by the screen', () => {
    const rows = async (as: string, channelId: string, from: number, to: number) =>
      (await (await get(`members?as=${as}&channelId=${channelId}&from=${from}&to=${to}`)).json()) as {
        groups: { id: string; count: number }[];
        total: number;
        rows: { groupId?: string; member?: { name: string } }[];
      };
    const named = (page: Awaited<ReturnType<typeof rows>>) =>
      page.rows.map(({ groupId, member: it }) => groupId ?? it?.name);

    it('groups them by displayed role, online and offline, and cuts out the rows asked for', async () => {
      const { control } = simulator;
      const role = control.createRole(guildId, { name: 'crew', isHoisted: true });
      for (const name of ['ada', 'bob', 'cyd']) {
        const { id } = control.createUser({ username: name });
        control.addMember(guildId, id, name === 'bob' ? { roleIds: [role.id] } : {});
        if (name !== 'cyd') control.setPresence(id, { status: 'online' });
      }
      const all = await rows(owner, open, 0, 100);
      expect(named(all)).toEqual([role.id, 'bob', 'online', 'ada', 'offline', 'cyd', 'Guildhall', 'member', 'owner']);
      expect(all.total).toBe(9);
      expect(named(await rows(owner, open, 3, 6))).toEqual(['ada', 'offline', 'cyd']);
      control.setPresence(member, { status: 'idle' });
      expect(named(await rows(owner, open, 2, 5))).toEqual(['online', 'ada', 'member']);
    });

    it('lists only those who see the channel, and answers only to them', async () => {
      expect(named(await rows(owner, secret, 0, 100))).toEqual(['offline', 'owner']);
      expect((await get(`members?as=${member}&channelId=${secret}&from=0&to=9`)).status).toBe(403);
    });

    it('finds members by part of a name, whatever the accents', async () => {
      const { id } = simulator.control.createUser({ username: 'x1', globalName: 'Hélène' });
      simulator.control.addMember(guildId, id);
      const found = await (await get(`members/search?as=${member}&guildId=${guildId}&query=ELE`)).json();
      expect(found).toMatchObject([{ name: 'Hélène' }]);
      expect((await get(`members/search?as=${stranger}&guildId=${guildId}&query=e`)).status).toBe(403);
    });
  });

  describe('threads', () => {
    it('are started only where the person may, and once per message', async () => {
      const messageId = simulator.control.sendMessage(owner, open, 'root').id;
      const start = { as: member, channelId: open, name: 'side', messageId };
      expect((await post('threads', { ...start, channelId: secret })).status).toBe(403);
      expect((await post('threads', { ...start, name: 'x'.repeat(101) })).status).toBe(400);
      expect((await post('threads', start)).status).toBe(200);
      expect((await post('threads', start)).status).toBe(400);
      const listed = (await (await get(`threads?as=${owner}&channelId=${open}`)).json()) as object[];
      expect(listed).toMatchObject([{ id: messageId, name: 'side', excerpt: 'root', owner: { id: member } }]);
    });

    it('are archived by their owner and by who manages threads', async () => {
      const thread = simulator.control.startThread(owner, open, { name: 'side' });
      const archive = (as: string) => post('threads/archive', { as, channelId: thread.id, isArchived: true });
      expect((await archive(member)).status).toBe(403);
      expect(thread.thread.isArchived).toBe(false);
      expect((await archive(owner)).status).toBe(200);
      expect(thread.thread.isArchived).toBe(true);
    });
  });

  it('mentions the author of what is replied to unless told not to', async () => {
    const replyToId = simulator.control.sendMessage(owner, open, 'ask').id;
    const reply = { as: member, channelId: open, content: 'answer', replyToId };
    await post('messages', { ...reply, mentionsAuthor: false });
    await post('messages', reply);
    const { messages } = (await (await get(`messages?as=${owner}&channelId=${open}`)).json()) as {
      messages: { mentions: { id: string }[] }[];
    };
    expect(messages.map(({ mentions }) => mentions.map(({ id }) => id))).toEqual([[], [], [owner]]);
  });

  it('is closed to other web pages', async () => {
    const content = { as: member, channelId: open, content: 'forged' };
    expect((await post('messages', content, { origin: 'https://evil.example' })).status).toBe(403);
    const asForm = await fetch(`${simulator.url}/client/messages`, {
      method: 'POST',
      body: new URLSearchParams(content),
    });
    expect(asForm.status).toBeGreaterThanOrEqual(400);
    expect(simulator.control.listSentMessages()).toEqual([]);
  });

  it('forbids the page everything but its own files', async () => {
    const page = await fetch(`${simulator.url}/`);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(await page.text()).not.toMatch(/<script(?![^>]*src=)|style=|onclick=/);
  });

  it('does not hold up the end of the simulator', async () => {
    await listen(owner);
    await simulator.close();
    await expect(fetch(`${simulator.url}/health`)).rejects.toThrow('fetch failed');
    simulator = await startSimulator({ port: 0, seed: 'empty', activity: false });
  });
});
