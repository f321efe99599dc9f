import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  type Client,
  Events,
  GatewayIntentBits as Intent,
  type TextChannel,
  WebhookClient,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ALL_TEST_INTENTS, Bench, BOT_PERMISSIONS } from '../../testing/bench.js';
import { demoApplication, startSimulator } from '../index.js';
import { ALL_PERMISSIONS } from '../state/permissions.js';

const PNG =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe('webhooks', () => {
  let bench: Bench;
  let client: Client<true>;
  let channel: TextChannel;
  beforeEach(async () => {
    bench = await Bench.start({ botPermissions: ALL_PERMISSIONS });
    client = await bench.login({ intents: [...ALL_TEST_INTENTS, Intent.GuildWebhooks] });
    channel = client.channels.cache.get(bench.channelId) as TextChannel;
  });
  afterEach(() => bench.close());

  const sent = (channelId = bench.channelId) => bench.control.listSentMessages({ channelId });

  it('are made, changed, listed and deleted by discord.js, which hears of it', async () => {
    const updates: string[] = [];
    client.on(Events.WebhooksUpdate, ({ id }) => updates.push(id));
    const webhook = await channel.createWebhook({ name: 'News', avatar: PNG, reason: 'for the news' });
    expect([webhook.name, webhook.applicationId, webhook.owner?.id, webhook.token?.length]).toEqual([
      'News',
      demoApplication.id,
      demoApplication.id,
      68,
    ]);
    const other = bench.control.createChannel(bench.guildId, { name: 'other' });
    await webhook.edit({ name: 'Old news', channel: other.id });
    expect((await channel.fetchWebhooks()).size).toBe(0);
    expect((await channel.guild.fetchWebhooks()).map(({ name, channelId }) => [name, channelId])).toEqual([
      ['Old news', other.id],
    ]);
    await webhook.delete('no news');
    expect((await channel.guild.fetchWebhooks()).size).toBe(0);
    expect(updates).toEqual([channel.id, other.id, channel.id, other.id]);
  });

  it('leave entries in the audit log', async () => {
    const webhook = await channel.createWebhook({ name: 'News', reason: 'for the news' });
    // discord.js does both by the token, and then nobody is known to have done it.
    await webhook.edit({ name: 'Newer' });
    await bench.rest('PATCH', `/webhooks/${webhook.id}`, { name: 'Old news' });
    await bench.rest('DELETE', `/webhooks/${webhook.id}`);
    const { entries } = await channel.guild.fetchAuditLogs();
    const made = entries.find(({ action }) => action === 50);
    expect([made?.targetId, made?.reason]).toEqual([webhook.id, 'for the news']);
    expect(entries.find(({ action }) => action === 51)?.changes).toEqual([
      { key: 'name', old: 'Newer', new: 'Old news' },
    ]);
    expect(entries.find(({ action }) => action === 52)?.targetId).toBe(webhook.id);
  });

  it('write under a name of their own, and edit and delete what they wrote', async () => {
    const { id, token } = await channel.createWebhook({ name: 'News' });
    const webhook = new WebhookClient({ id, token: token! }, { rest: { api: bench.simulator.apiUrl } });
    const heard = new Promise<string[]>((resolve) =>
      client.on(Events.MessageCreate, (it) => resolve([it.author.username, it.webhookId!, String(it.author.bot)])),
    );
    const message = await webhook.send({ content: 'hello', username: 'Ada', avatarURL: 'https://example.com/a.png' });
    expect(await heard).toEqual(['Ada', id, 'true']);
    expect(message.author).toMatchObject({ id, username: 'Ada', discriminator: '0000', bot: true });
    await webhook.editMessage(message.id, { content: 'good bye' });
    expect((await webhook.fetchMessage(message.id)).content).toBe('good bye');
    await webhook.deleteMessage(message.id);
    expect(sent()).toEqual([]);
  });

  it('write into a thread of their channel, and are not in it', async () => {
    const webhook = await channel.createWebhook({ name: 'News' });
    const thread = bench.control.startThread(bench.ownerId, bench.channelId, { name: 'Topic' });
    await webhook.send({ content: 'in the thread', threadId: thread.id });
    expect(sent(thread.id).map(({ content }) => content)).toEqual(['in the thread']);
    expect(bench.control.snapshot(bench.guildId)).toMatchObject({ threads: [{ member_count: 1 }] });
  });

  it('open a post in a forum', async () => {
    const forum = bench.control.createChannel(bench.guildId, { name: 'forum', type: 15 });
    const { id, token } = await bench.json<{ id: string; token: string }>(
      bench.rest('POST', `/channels/${forum.id}/webhooks`, { name: 'News' }),
    );
    const path = `/webhooks/${id}/${token}`;
    const post = await bench.json<{ id: string; channel_id: string }>(
      bench.rest('POST', `${path}?wait=true`, { content: 'first', thread_name: 'A post' }),
    );
    expect(post.id).toBe(post.channel_id);
    expect(sent(post.channel_id).map(({ content }) => content)).toEqual(['first']);
    const again = { content: 'second', thread_name: 'A post' };
    expect(await bench.refusal(bench.rest('POST', path, { content: 'nowhere' }))).toEqual([400, 220_001]);
    expect(await bench.refusal(bench.rest('POST', `${path}?thread_id=${post.id}`, again))).toEqual([400, 220_002]);
    const webhook = await channel.createWebhook({ name: 'News' });
    expect(await bench.refusal(bench.rest('POST', `/webhooks/${webhook.id}/${webhook.token}`, again))).toEqual([
      400, 220_003,
    ]);
  });

  it('open a post with a file', async () => {
    const forum = bench.control.createChannel(bench.guildId, { name: 'forum', type: 15 });
    const made = bench.control.createWebhook(bench.ownerId, forum.id, 'Files');
    const webhook = new WebhookClient({ id: made.id, token: made.token }, { rest: { api: bench.simulator.apiUrl } });
    const files = [{ attachment: Buffer.from('notes'), name: 'notes.txt' }];
    const { attachments } = await webhook.send({ content: 'with notes', threadName: 'A post', files });
    const [file] = attachments as unknown as { url: string }[];
    expect(await (await fetch(file!.url)).text()).toBe('notes');
  });

  it('tell their application of a button on their message', async () => {
    const webhook = await channel.createWebhook({ name: 'News' });
    const row = new ActionRowBuilder<ButtonBuilder>().addComponents(
      new ButtonBuilder().setCustomId('more').setLabel('More').setStyle(ButtonStyle.Primary),
    );
    const { id: messageId } = await webhook.send({ content: 'news', components: [row] });
    client.on(Events.InteractionCreate, (it) => {
      if (it.isButton()) void it.reply('more of it');
    });
    const use = { userId: bench.ownerId, channelId: bench.channelId, messageId, customId: 'more' };
    expect((await bench.control.pressButton(use)).messages.map(({ content }) => content)).toEqual(['more of it']);
  });

  it('need no bot, but their token', async () => {
    const { id, token } = await channel.createWebhook({ name: 'News' });
    const withoutBot = { authorization: '' };
    const path = `/webhooks/${id}/${token}`;
    const seen = await bench.json(bench.rest('GET', path, undefined, withoutBot));
    expect(seen).toMatchObject({ id, name: 'News', token });
    expect(seen).not.toHaveProperty('user');
    expect(await bench.json(bench.rest('PATCH', path, { name: 'Late news' }, withoutBot))).toMatchObject({
      name: 'Late news',
    });
    expect(await bench.refusal(bench.rest('GET', `/webhooks/${id}/wrong`))).toEqual([401, 50_027]);
    expect((await bench.rest('DELETE', path, undefined, withoutBot)).status).toBe(204);
    expect(await bench.refusal(bench.rest('POST', path, { content: 'late' }))).toEqual([404, 10_015]);
  });

  it("show the token of a person's webhook, and leave out its components unless they are asked for", async () => {
    const { id, token } = bench.control.createWebhook(bench.ownerId, bench.channelId, 'By hand');
    expect(await bench.json(bench.rest('GET', `/webhooks/${id}`))).toMatchObject({ application_id: null, token });
    const link = { type: 2, style: 5, label: 'Read', url: 'https://example.com' };
    const body = { content: 'x', components: [{ type: 1, components: [link] }] };
    const post = (query: string, said: object) => bench.rest('POST', `/webhooks/${id}/${token}?${query}`, said);
    expect(await bench.json(post('wait=true', body))).toMatchObject({ components: [] });
    expect(await bench.json(post('wait=true&with_components=true', body))).toMatchObject({
      components: [{ components: [link] }],
    });
  });

  it('take messages in the form of Slack', async () => {
    const { id, token } = await channel.createWebhook({ name: 'News' });
    const attachment = { title: 'Build', title_link: 'https://example.com/1', text: 'passed', color: '#0f0', ts: 60 };
    const body = { text: 'CI', username: 'Builder', attachments: [attachment] };
    const answer = await bench.rest('POST', `/webhooks/${id}/${token}/slack`, body);
    expect(await answer.json()).toBe('ok');
    const [message] = (bench.control.snapshot(bench.guildId) as { messages: object[] }).messages;
    expect(message).toMatchObject({
      content: 'CI',
      author: { username: 'Builder' },
      embeds: [{ title: 'Build', description: 'passed', color: 0x00ff00, timestamp: '1970-01-01T00:01:00.000Z' }],
    });
  });

  it('tell of a push and say nothing of events Discord does not show, in the form of GitHub', async () => {
    const { id, token } = await channel.createWebhook({ name: 'News' });
    const url = 'https://github.com/a/b';
    const sender = { id: 1, login: 'ada', html_url: url, avatar_url: `${url}.png` };
    const commit = { id: '0123456789', url, message: 'fix: it\n\nbody', author: { name: 'Ada', username: 'ada' } };
    const repository = { id: 1, name: 'b', full_name: 'a/b', html_url: url };
    const push = { ref: 'refs/heads/main', compare: url, commits: [commit], sender, repository };
    const post = (event: string, body: object) =>
      bench.rest('POST', `/webhooks/${id}/${token}/github`, body, { 'x-github-event': event });
    expect((await post('push', push)).status).toBe(204);
    expect((await post('star_gazing', { sender })).status).toBe(204);
    expect(sent()).toHaveLength(1);
    const [message] = (bench.control.snapshot(bench.guildId) as { messages: object[] }).messages;
    expect(message).toMatchObject({
      embeds: [{ title: '[a/b] main: 1 new commit', description: `[\`0123456\`](${url}) fix: it - ada` }],
    });
  });

  it('go with their channel, and survive a restart with what they wrote', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'webhooks-'));
    const stored = await Bench.start({ dataDir });
    const { control, guildId, ownerId, channelId } = stored;
    const gone = control.createChannel(guildId, { name: 'gone' });
    control.createWebhook(ownerId, gone.id, 'Gone');
    const { id, token } = control.createWebhook(ownerId, channelId, 'Kept');
    await stored.rest('POST', `/webhooks/${id}/${token}`, { content: 'kept', username: 'Ada' });
    control.deleteChannel(gone.id);
    await stored.close();
    const simulator = await startSimulator({ port: 0, seed: 'empty', activity: false, dataDir });
    expect(simulator.control.guilds()[0]?.webhooks.map(({ name }) => name)).toEqual(['Kept']);
    expect(simulator.control.snapshot(guildId)).toMatchObject({ messages: [{ author: { id, username: 'Ada' } }] });
    expect((await fetch(`${simulator.apiUrl}/v10/webhooks/${id}/${token}`)).status).toBe(200);
    await simulator.close();
    await rm(dataDir, { recursive: true });
  });
});

describe('webhooks, without the permission', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.start({ botPermissions: BOT_PERMISSIONS });
  });
  afterEach(() => bench.close());

  it('are neither shown nor made', async () => {
    const { id } = bench.control.createWebhook(bench.ownerId, bench.channelId, 'Secret');
    for (const [method, path] of [
      ['GET', `/channels/${bench.channelId}/webhooks`],
      ['POST', `/channels/${bench.channelId}/webhooks`],
      ['GET', `/guilds/${bench.guildId}/webhooks`],
      ['GET', `/webhooks/${id}`],
      ['PATCH', `/webhooks/${id}`],
      ['DELETE', `/webhooks/${id}`],
    ] as const) {
      const body = method === 'GET' || method === 'DELETE' ? undefined : { name: 'New' };
      expect([path, await bench.refusal(bench.rest(method, path, body))]).toEqual([path, [403, 50_013]]);
    }
    expect(bench.control.guilds()[0]?.webhooks).toHaveLength(1);
  });
});
