import { botPongSchema, INTERACTION_CONTEXT_HEADER, interactionContextSchema } from '@guildhall/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerPing, Stage } from '../test/stage.js';

/** Generous, as other work may be going on on the machine; no expectation is about time. */
const soon = { timeout: 15_000, interval: 20 };

let stage: Stage;

beforeEach(async () => {
  stage = await Stage.set();
});

afterEach(() => stage.strike());

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `message ${from + index}`);

function sayNumbered(from: number, to: number): void {
  for (const content of numbered(from, to)) stage.say(content);
}

describe('the pipeline', () => {
  it('brings every guild with its members, and then its messages in order', async () => {
    await stage.startBot();
    sayNumbered(0, 150);
    await expect.poll(() => stage.backend.contents, soon).toEqual(numbered(0, 150));
    const { guildId, channelId } = stage.guilds.english;
    const ofGuild = stage.backend.events.filter((event) => event.guildId === guildId);
    expect(ofGuild[0]).toMatchObject({
      type: 'guild_sync',
      data: { guild: { name: 'Tavern' }, channels: [{ id: channelId }] },
    });
    await expect.poll(() => stage.backend.ofType('member_chunk').length, soon).toBe(2);
    expect(stage.backend.ofType('guild_sync')).toHaveLength(2);
    const chunk = stage.backend.ofType('member_chunk').find((event) => event.guildId === guildId);
    expect(chunk?.data).toMatchObject({ index: 0, count: 1, members: { length: 3 } });
  });

  it('loses nothing while the gateway is away, and nothing comes twice', async () => {
    await stage.startBot();
    sayNumbered(0, 100);
    const restarting = stage.restartGateway();
    sayNumbered(100, 200);
    await restarting;
    sayNumbered(200, 300);
    await expect.poll(() => stage.backend.contents, soon).toEqual(numbered(0, 300));
  });

  it('loses nothing when the bot is killed: the next process resumes where the last commit was', async () => {
    const killed = await stage.startBot();
    sayNumbered(0, 100);
    await killed.kill('SIGKILL');
    sayNumbered(100, 200);
    await stage.startBot();
    sayNumbered(200, 210);
    await expect.poll(() => stage.backend.contents, soon).toEqual(numbered(0, 210));
    expect(stage.backend.ofType('guild_sync')).toHaveLength(2);
  });

  it('loses nothing when bot and gateway are killed again and again during a flood', async () => {
    const { guilds, simulator } = stage;
    let bot = await stage.startBot();
    const channelIds = [guilds.english.channelId, guilds.french.channelId];
    const ids: string[] = [];
    for (let round = 0; round < 3; round++) {
      const before = stage.backend.contents.length;
      const flood = simulator.control.burst({ channelIds, messagesPerSecond: 300, count: 300 });
      await expect.poll(() => stage.backend.contents.length, soon).toBeGreaterThan(before);
      await Promise.all([bot.kill('SIGKILL'), stage.restartGateway()]);
      bot = await stage.startBot();
      ids.push(...(await flood).ids);
    }
    const received = () => stage.backend.ofType('message_create').map(({ data }) => (data as { id: string }).id);
    await expect.poll(() => received().length, soon).toBe(900);
    expect(received().toSorted()).toEqual(ids.toSorted());
    const inGuild = stage.backend.ofType('message_create').filter(({ guildId }) => guildId === guilds.english.guildId);
    const order = inGuild.map(({ data }) => BigInt((data as { id: string }).id));
    expect(order).toEqual(order.toSorted((a, b) => (a < b ? -1 : 1)));
  }, 60_000);

  it('loses nothing over an orderly restart either', async () => {
    const stopped = await stage.startBot();
    sayNumbered(0, 20);
    expect(await stopped.kill('SIGTERM')).toBe(0);
    sayNumbered(20, 40);
    await stage.startBot();
    await expect.poll(() => stage.backend.contents, soon).toEqual(numbered(0, 40));
  });

  it('loses nothing when Discord cuts the connection', async () => {
    await stage.startBot();
    sayNumbered(0, 50);
    stage.simulator.control.dropSockets();
    sayNumbered(50, 100);
    await expect.poll(() => stage.backend.contents, soon).toEqual(numbered(0, 100));
  });

  it('synchronises the guilds again when Discord refuses to resume', async () => {
    await stage.startBot();
    await expect.poll(() => stage.backend.ofType('member_chunk').length, soon).toBe(2);
    stage.simulator.control.refuseResumes(1);
    stage.simulator.control.dropSockets();
    await expect.poll(() => stage.backend.ofType('guild_sync').length, soon).toBe(4);
    await expect.poll(() => stage.backend.ofType('member_chunk').length, soon).toBe(4);
  });

  it('keeps no content without the intent', async () => {
    await stage.startBot({ BOT_MESSAGE_CONTENT_INTENT: 'off' });
    stage.say('a secret');
    await expect.poll(() => stage.backend.contents, soon).toEqual([null]);
  });
});

describe('commands of the API', () => {
  it('are answered: ping', async () => {
    await stage.startBot();
    const result = await stage.backend.ask('guildhall', { type: 'ping' });
    expect(botPongSchema.parse(result.ok && result.result)).toMatchObject({ botId: 'guildhall', shards: [{ id: 0 }] });
  });

  it('are done: reading a guild again', async () => {
    await stage.startBot();
    await expect.poll(() => stage.backend.ofType('member_chunk').length, soon).toBe(2);
    const { guildId } = stage.guilds.french;
    expect(await stage.backend.ask('guildhall', { type: 'resync-guild', guildId })).toMatchObject({ ok: true });
    await expect
      .poll(() => stage.backend.ofType('guild_sync').at(-1), soon)
      .toMatchObject({ guildId, data: { memberCount: 3 } });
    await expect.poll(() => stage.backend.ofType('member_chunk').length, soon).toBe(3);
  });

  it('are refused by a reason: a guild the bot is not in', async () => {
    await stage.startBot();
    const result = await stage.backend.ask('guildhall', { type: 'resync-guild', guildId: '1' });
    expect(result).toMatchObject({ ok: false, code: 'failed' });
  });
});

describe('ping', () => {
  const slash = (personId: string) =>
    stage.simulator.control.runCommand({ userId: personId, channelId: stage.guilds.english.channelId, name: 'ping' });

  async function startWithCommands(): Promise<Awaited<ReturnType<Stage['startBot']>>> {
    const bot = await stage.startBot();
    const isRegistered = () => bot.log.some(({ msg }) => /^ApplicationCommandRegistries: Took/.test(String(msg)));
    await expect.poll(isRegistered, soon).toBe(true);
    return bot;
  }

  it("answers a slash command in the person's language, whatever the guild's", async () => {
    await startWithCommands();
    const french = await slash(stage.people.luc);
    expect(french.messages[0]?.embeds[0]).toMatchObject({
      title: 'Pong !',
      fields: [{ name: 'Bot → API' }, { name: 'API → Base de données' }],
    });
    const english = await slash(stage.people.ada);
    expect(english.messages[0]?.embeds[0]).toMatchObject({
      title: 'Pong!',
      fields: [{ name: 'Bot → API' }, { value: '`1.3 ms`' }],
    });
  });

  it("answers a prefix command in the guild's language", async () => {
    await startWithCommands();
    const { french, english } = stage.guilds;
    const asked = { french: stage.say('!ping', french), english: stage.say('!ping', english) };
    await expect.poll(() => stage.repliesTo(asked.french, french)[0]?.embeds[0]?.title, soon).toBe('Pong !');
    await expect.poll(() => stage.repliesTo(asked.english, english)[0]?.embeds[0]?.title, soon).toBe('Pong!');
  });

  it('answers in a process that resumed the session of another one', async () => {
    await (await startWithCommands()).kill('SIGKILL');
    await startWithCommands();
    const { french } = stage.guilds;
    const asked = stage.say('!ping', french);
    await expect.poll(() => stage.repliesTo(asked, french).length, soon).toBe(1);
    expect((await slash(stage.people.luc)).messages[0]?.embeds[0]).toMatchObject({ title: 'Pong !' });
  });

  it('tells the API who asks, where and with which roles', async () => {
    const { guildId } = stage.guilds.english;
    const roleId = stage.simulator.control.createRole(guildId, { name: 'Regular' }).id;
    stage.simulator.control.setMemberRoles(guildId, stage.people.luc, [roleId]);
    let header = '';
    stage.handleApi = (request, response) => {
      header = String(request.headers[INTERACTION_CONTEXT_HEADER]);
      answerPing(request, response);
    };
    await startWithCommands();
    await slash(stage.people.luc);
    const context = interactionContextSchema.parse(JSON.parse(Buffer.from(header, 'base64url').toString()));
    expect(context).toMatchObject({ guildId, userId: stage.people.luc, roleIds: [roleId], locale: 'fr' });
    expect(BigInt(context.permissions)).toBeGreaterThan(0n);
  });

  it('defers when the API is slow, and answers in the end', async () => {
    stage.handleApi = (request, response) => {
      setTimeout(() => answerPing(request, response), 2_000);
    };
    await startWithCommands();
    const outcome = await slash(stage.people.ada);
    expect(outcome.status).toBe('answered');
    expect(outcome.messages[0]?.embeds[0]).toMatchObject({ title: 'Pong!' });
  });

  it('says, to the person alone and in their language, that the API is away', async () => {
    await startWithCommands();
    stage.closeApi();
    const { messages } = await slash(stage.people.luc);
    const [answer] = messages;
    expect(answer).toMatchObject({ content: expect.stringContaining('indisponible') as string, flags: 64 });
  });

  it('gives an id for what it did not expect, which is found in the log', async () => {
    const bot = await startWithCommands();
    stage.handleApi = (_request, response) => response.end('{"surprise":true}');
    const { messages } = await slash(stage.people.ada);
    const errorId = /`(\w+)`/.exec(messages[0]?.content ?? '')?.[1];
    expect(errorId).toBeDefined();
    await expect.poll(() => bot.log.some((line) => line['errorId'] === errorId), soon).toBe(true);
  });

  it('is not answered to those who ask too often', async () => {
    await startWithCommands();
    const { english } = stage.guilds;
    const asked = Array.from({ length: 5 }, () => stage.say('!ping', english));
    const answered = () => asked.filter((id) => stage.repliesTo(id, english).length > 0).length;
    await expect.poll(answered, soon).toBe(3);
    expect((await slash(stage.people.ada)).messages[0]?.content).toMatch(/Try again in \d+ s/);
    expect(answered()).toBe(3);
  });

  it('stays silent when the command is unknown', async () => {
    await startWithCommands();
    const { english } = stage.guilds;
    const unknown = stage.say('!dance', english);
    const known = stage.say('!ping', english);
    await expect.poll(() => stage.repliesTo(known, english).length, soon).toBe(1);
    expect(stage.repliesTo(unknown, english)).toEqual([]);
  });
});
