import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { Events, GatewayIntentBits as Intent } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ALL_TEST_INTENTS, Bench, BOT_PERMISSIONS } from '../../testing/bench.js';

describe('reactions', () => {
  let bench: Bench;
  let path: string;
  let messageId: string;
  beforeEach(async () => {
    bench = await Bench.start({ botPermissions: BOT_PERMISSIONS | Permission.ManageMessages });
    messageId = bench.say('hello');
    path = `/channels/${bench.channelId}/messages/${messageId}/reactions`;
  });
  afterEach(() => bench.close());

  const reactions = async () => {
    const message = await bench.json<{ reactions?: { emoji: { name: string }; count: number }[] }>(
      bench.rest('GET', `/channels/${bench.channelId}/messages/${messageId}`),
    );
    return (message.reactions ?? []).map(({ emoji, count }) => [emoji.name, count]);
  };
  const react = (emoji: string) => bench.rest('PUT', `${path}/${encodeURIComponent(emoji)}/@me`);

  it('removes all of them, or those with one emoji, and tells of it', async () => {
    const client = await bench.login({ intents: [...ALL_TEST_INTENTS, Intent.GuildMessageReactions] });
    await client.guilds.cache.get(bench.guildId)!.channels.fetch(bench.channelId);
    const channel = client.channels.cache.get(bench.channelId);
    if (!channel?.isTextBased()) throw new Error('The channel is not in the cache');
    await channel.messages.fetch(messageId);
    await Promise.all(['👍', '🎉', '❤️'].map(react));
    bench.control.react(bench.ownerId, bench.channelId, messageId, '👍');
    const emojiGone = new Promise((resolve) =>
      client.once(Events.MessageReactionRemoveEmoji, ({ emoji }) => resolve(emoji.name)),
    );
    expect((await bench.rest('DELETE', `${path}/${encodeURIComponent('👍')}`)).status).toBe(204);
    expect(await emojiGone).toBe('👍');
    expect(await reactions()).toEqual([
      ['🎉', 1],
      ['❤️', 1],
    ]);
    const allGone = new Promise((resolve) => client.once(Events.MessageReactionRemoveAll, ({ id }) => resolve(id)));
    expect((await bench.rest('DELETE', path)).status).toBe(204);
    expect(await allGone).toBe(messageId);
    expect(await reactions()).toEqual([]);
  });

  it('takes 20 different emojis', async () => {
    const faces = Array.from({ length: 21 }, (_, index) => String.fromCodePoint(0x1f600 + index));
    for (const face of faces.slice(0, 20)) expect((await react(face)).status).toBe(204);
    const before = JSON.stringify(bench.control.snapshot(bench.guildId));
    expect(await bench.refusal(react(faces[20]!))).toEqual([400, 30_010]);
    expect(JSON.stringify(bench.control.snapshot(bench.guildId))).toBe(before);
    // Joining a reaction that is there is no new one.
    bench.control.react(bench.ownerId, bench.channelId, messageId, faces[0]!);
    expect((await react(faces[0]!)).status).toBe(204);
  });

  it.each(['thumbsup', 'x:123', '123', 'a👍'])('does not know the emoji %s', async (emoji) => {
    expect(await bench.refusal(react(emoji))).toEqual([400, 10_014]);
    expect(await bench.refusal(bench.rest('DELETE', `${path}/${encodeURIComponent(emoji)}`))).toEqual([400, 10_014]);
  });

  it('lists who reacted page by page, by id', async () => {
    const people = Array.from({ length: 3 }, (_, index) => bench.person(`person${index}`));
    for (const id of people.toReversed()) bench.control.react(id, bench.channelId, messageId, '👍');
    const page = async (query: string) =>
      (await bench.json<{ id: string }[]>(bench.rest('GET', `${path}/${encodeURIComponent('👍')}${query}`))).map(
        ({ id }) => people.indexOf(id),
      );
    expect(await page('')).toEqual([0, 1, 2]);
    expect(await page('?limit=2')).toEqual([0, 1]);
    expect(await page(`?after=${people[1]}`)).toEqual([2]);
    expect(await page('?type=1')).toEqual([]);
  });

  it('needs permissions to start one, and to remove those of others', async () => {
    const role = bench.control
      .guilds()[0]!
      .roles.values()
      .find(({ botId }) => botId !== null)!;
    const permissions = (BOT_PERMISSIONS & ~Permission.AddReactions).toString();
    for (const id of [role.id, bench.guildId]) bench.control.updateRole(bench.guildId, id, { permissions });
    expect(await bench.refusal(react('👍'))).toEqual([403, 50_013]);
    bench.control.react(bench.ownerId, bench.channelId, messageId, '👍');
    expect((await react('👍')).status).toBe(204);
    expect(await bench.refusal(bench.rest('DELETE', path))).toEqual([403, 50_013]);
    expect(await bench.refusal(bench.rest('DELETE', `${path}/${encodeURIComponent('👍')}`))).toEqual([403, 50_013]);
    expect(await reactions()).toEqual([['👍', 2]]);
  });
});
