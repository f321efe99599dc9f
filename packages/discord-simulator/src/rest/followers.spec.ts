import { ChannelType, MessageFlags, MessageType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench, BOT_PERMISSIONS } from '../../testing/bench.js';

describe('channels that follow announcements', () => {
  let bench: Bench;
  let news: string;
  beforeEach(async () => {
    bench = await Bench.start({ botPermissions: BOT_PERMISSIONS | Permission.ManageWebhooks });
    news = bench.control.createChannel(bench.guildId, { name: 'news', type: ChannelType.GuildAnnouncement }).id;
  });
  afterEach(() => bench.close());

  const follow = (source = news, target = bench.channelId) =>
    bench.rest('POST', `/channels/${source}/followers`, { webhook_channel_id: target });
  const messages = () =>
    bench.json<Record<string, unknown>[]>(bench.rest('GET', `/channels/${bench.channelId}/messages`));

  it('are told of it, and receive what is published', async () => {
    const { webhook_id: webhookId } = await bench.json<{ webhook_id: string }>(follow());
    expect(await messages()).toMatchObject([
      { type: MessageType.ChannelFollowAdd, content: 'Bench #news', message_reference: { channel_id: news } },
    ]);
    expect(await bench.json(bench.rest('GET', `/webhooks/${webhookId}`))).toMatchObject({
      type: 2,
      source_guild: { id: bench.guildId },
      source_channel: { id: news, name: 'news' },
    });
    expect(await bench.refusal(bench.rest('POST', `/webhooks/${webhookId}/x`, { content: 'x' }))).toEqual([
      401, 50_027,
    ]);
    expect((await bench.rest('POST', `/webhooks/${webhookId}/`, { content: 'x' })).status).not.toBe(200);
    const sent = await bench.json<{ id: string }>(
      bench.rest('POST', `/channels/${news}/messages`, { content: '@everyone news' }),
    );
    expect(await messages()).toHaveLength(1);
    await bench.json(bench.rest('POST', `/channels/${news}/messages/${sent.id}/crosspost`));
    const [copy] = await messages();
    expect(copy).toMatchObject({
      content: '@everyone news',
      flags: MessageFlags.IsCrosspost,
      webhook_id: webhookId,
      author: { username: 'Bench #news' },
      mention_everyone: false,
      message_reference: { type: 0, message_id: sent.id, channel_id: news, guild_id: bench.guildId },
    });
  });

  it('follow announcements alone, by those who manage webhooks, up to 15 webhooks', async () => {
    expect(await bench.refusal(follow(bench.channelId, news))).toEqual([400, 50_024]);
    expect(await bench.refusal(follow(news, '1'))).toEqual([404, 10_003]);
    for (let count = 0; count < 15; count += 1) expect((await follow()).status).toBe(200);
    expect(await bench.refusal(follow())).toEqual([400, 30_007]);
    for (const { id } of bench.control.guilds()[0]!.roles.values())
      bench.control.updateRole(bench.guildId, id, { permissions: BOT_PERMISSIONS.toString() });
    expect(await bench.refusal(follow(news, news))).toEqual([403, 50_013]);
  });
});
