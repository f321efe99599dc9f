import { messageSchema, messageStreamSchema } from '@guildhall/contracts';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { event, id, message, TestLane } from '../../../testing/bot-events.js';
import { DiscordStage } from '../../../testing/discord-stage.js';
import { readProblem } from '../../../testing/problem-answers.js';

let stage: DiscordStage;

beforeAll(async () => {
  stage = await DiscordStage.set(inject('postgresUrl'));
});
afterAll(() => stage?.strike());
afterEach(() => stage.control.failRest(null));

const path = () => `channels/${stage.channelId}/messages`;
const sent = () => stage.control.listSentMessages({ channelId: stage.channelId });

describe('POST …/channels/:channelId/messages', () => {
  it('sends a message as the bot and writes down who did', async () => {
    const response = await stage.as('moderator', 'POST', path(), { content: 'Hello 👋', reason: 'greeting' });
    expect(response.status).toBe(201);
    const answer = messageSchema.parse(await response.json());
    expect(answer).toMatchObject({ content: 'Hello 👋', author: { isBot: true }, channelId: stage.channelId });
    expect(sent().at(-1)).toMatchObject({ id: answer.id, content: 'Hello 👋' });
    expect((await stage.audit('message.sent')).at(-1)).toMatchObject({
      target: { id: answer.id },
      details: { reason: 'greeting', after: { channelId: stage.channelId } },
    });
    // What was said is no matter of the audit log.
    expect(JSON.stringify(await stage.audit('message.sent'))).not.toContain('Hello');
  });

  it('sends an embed', async () => {
    const embed = {
      title: 'Raid',
      description: 'Friday',
      color: 255,
      footer: 'bring snacks',
      fields: [{ name: 'a', value: 'b' }],
    };
    const response = await stage.as('moderator', 'POST', path(), { embeds: [embed] });
    expect(response.status).toBe(201);
    const { messages } = stage.control.snapshot(stage.guildId) as { messages: { embeds: object[] }[] };
    expect(messages.at(-1)?.embeds).toMatchObject([
      { title: 'Raid', footer: { text: 'bring snacks' }, fields: [{ name: 'a' }] },
    ]);
  });

  it('sends one message for an idempotency key, however often it is asked', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const ask = () => stage.as('moderator', 'POST', path(), { content: 'once' }, headers);
    const first = messageSchema.parse(await (await ask()).json());
    const second = messageSchema.parse(await (await ask()).json());
    expect(second.id).toBe(first.id);
    expect(sent().filter(({ content }) => content === 'once')).toHaveLength(1);
  });

  it('sends one message even when our own memory of the key is lost', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const ask = () => stage.as('moderator', 'POST', path(), { content: 'once more' }, headers);
    await ask();
    await stage.database.pool.query('delete from idempotency_keys');
    expect((await ask()).status).toBe(201);
    expect(sent().filter(({ content }) => content === 'once more')).toHaveLength(1);
  });

  it.each([
    ['2001 characters', { content: 'x'.repeat(2_001) }, 'content'],
    ['nothing to say', { content: ' \n ' }, 'content'],
    ['no content and no embed', {}, 'content'],
    ['embeds of more than 6000 characters', { embeds: Array(2).fill({ description: 'd'.repeat(3_001) }) }, 'embeds'],
    ['an embed with nothing in it', { embeds: [{ color: 1 }] }, 'embeds.0'],
    ['an embed that leads to a script', { embeds: [{ title: 'x', url: 'javascript:alert(1)' }] }, 'embeds.0.url'],
    ['parts we do not send', { content: 'x', components: [] }, 'components'],
  ])('refuses %s', async (_, body, field) => {
    const problem = await readProblem(await stage.as('owner', 'POST', path(), body));
    expect(problem).toMatchObject({ code: 'validation-failed', errors: [{ path: field }] });
  });

  it('says so when the bot may not write there', async () => {
    stage.control.failRest({ method: 'POST', status: 403, code: 50001, message: 'Missing Access', times: 1 });
    const problem = await readProblem(await stage.as('owner', 'POST', path(), { content: 'x' }));
    expect(problem).toMatchObject({ code: 'discord-missing-permission', discordCode: 50001 });
  });

  it('is refused while Discord is away', async () => {
    stage.control.failRest({ status: 503, times: 1 });
    expect((await readProblem(await stage.as('owner', 'POST', path(), { content: 'x' }))).code).toBe(
      'discord-unavailable',
    );
  });

  it('needs the capability, and a channel that exists', async () => {
    expect((await readProblem(await stage.as('fan', 'POST', path(), { content: 'x' }))).code).toBe(
      'missing-capability',
    );
    const nowhere = 'channels/1090000000000000999/messages';
    expect((await readProblem(await stage.as('owner', 'POST', nowhere, { content: 'x' }))).code).toBe('not-found');
    expect((await readProblem(await stage.as('stranger', 'POST', path(), { content: 'x' }))).code).toBe('not-found');
  });
});

describe('DELETE …/channels/:channelId/messages/:messageId', () => {
  async function said(content: string) {
    const record = stage.control.sendMessage(stage.people.fan, stage.channelId, content);
    const told = message(id(record.id), { channelId: stage.channelId, content });
    await stage.api.ingest.store(new TestLane().batch(event('message_create', stage.guildId, told)), 'guildhall');
    return record.id;
  }
  const stored = async () => {
    const response = await stage.as('owner', 'GET', path());
    return messageStreamSchema.parse(await response.json()).items.map((item) => item.id as string);
  };

  it('deletes it on Discord and in the copy at once', async () => {
    const messageId = await said('bad word');
    expect(await stored()).toContain(messageId);
    expect((await stage.as('moderator', 'DELETE', `${path()}/${messageId}`, { reason: 'rude' })).status).toBe(204);
    expect(sent().map((record) => record.id)).not.toContain(messageId);
    expect(await stored()).not.toContain(messageId);
    expect((await stage.audit('message.deleted')).at(-1)).toMatchObject({
      target: { id: messageId },
      details: { reason: 'rude' },
    });
  });

  it('is open to the bot on behalf of a member', async () => {
    const messageId = await said('spam');
    expect((await readProblem(await stage.asBotFor('fan', 'DELETE', `${path()}/${messageId}`))).code).toBe(
      'missing-capability',
    );
    expect((await stage.asBotFor('moderator', 'DELETE', `${path()}/${messageId}`)).status).toBe(204);
  });

  it('keeps Discord’s code for a message that is gone', async () => {
    const problem = await readProblem(await stage.as('moderator', 'DELETE', `${path()}/1090000000000000999`));
    expect(problem).toMatchObject({ code: 'not-found', discordCode: 10008 });
  });
});
