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
    await vi.waitFor(() => expect(plain.events.filter(({ name }) => name === 'WORLD_CHANGED')).toHaveLength(2));
    expect(plain.texts()).toEqual([]);
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
