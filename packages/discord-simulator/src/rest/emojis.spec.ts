import { GatewayIntentBits as Intent, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { Events } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demoApplication } from '../index.js';
import { Bench, BOT_PERMISSIONS } from '../../testing/bench.js';
import { gif, png } from '../../testing/images.js';

interface Emoji {
  id: string;
  name: string;
  animated: boolean;
  user?: { id: string };
}

describe('the emojis of a guild', () => {
  let bench: Bench;
  let path: string;
  const start = async (permissions: bigint) => {
    bench = await Bench.start({ botPermissions: BOT_PERMISSIONS | permissions });
    path = `/guilds/${bench.guildId}/emojis`;
  };
  beforeEach(() => start(Permission.CreateGuildExpressions));
  afterEach(() => bench.close());

  const create = (body: object = {}) => bench.rest('POST', path, { name: 'wave', image: png.dataUri, ...body });
  const made = (body: object = {}) => bench.json<Emoji>(create(body), 201);
  const list = () => bench.json<Emoji[]>(bench.rest('GET', path));
  const lastEntry = () => bench.control.guilds()[0]!.auditLog.at(-1)!;

  it('creates, renames and deletes them, tells discord.js and logs it', async () => {
    const client = await bench.login({ intents: [Intent.Guilds, Intent.GuildExpressions] });
    const told = [Events.GuildEmojiCreate, Events.GuildEmojiUpdate, Events.GuildEmojiDelete].map(
      (event) => new Promise<void>((resolve) => client.once(event as Events.GuildEmojiCreate, () => resolve())),
    );
    const guild = await client.guilds.fetch(bench.guildId);
    const emoji = await guild.emojis.create({ name: 'wave', attachment: png.content, reason: 'fun' });
    expect(emoji).toMatchObject({ name: 'wave', animated: false, author: { id: demoApplication.id } });
    expect(lastEntry()).toMatchObject({
      actionType: 60,
      targetId: emoji.id,
      reason: 'fun',
      changes: [{ key: 'name', new_value: 'wave' }],
    });
    await emoji.edit({ name: 'hello', roles: [guild.roles.everyone] });
    expect(lastEntry()).toMatchObject({
      actionType: 61,
      changes: [
        { key: 'name', old_value: 'wave', new_value: 'hello' },
        { key: 'roles', new_value: [bench.guildId] },
      ],
    });
    await emoji.delete();
    expect(lastEntry()).toMatchObject({ actionType: 62, targetId: emoji.id });
    await Promise.all(told);
    expect(await list()).toEqual([]);
  });

  it('serves the image as it was uploaded until the emoji is deleted', async () => {
    const { id, animated } = await made({ image: gif.dataUri });
    expect(animated).toBe(true);
    const serve = () => fetch(`${bench.simulator.url}/emojis/${id}.webp`);
    const answer = await serve();
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/gif']);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(gif.content);
    expect((await bench.rest('DELETE', `${path}/${id}`)).status).toBe(204);
    expect((await serve()).status).toBe(404);
  });

  it('is part of the guild for bots that log in later', async () => {
    const { id } = await made();
    const client = await bench.login();
    expect(client.guilds.cache.get(bench.guildId)?.emojis.cache.get(id)?.name).toBe('wave');
  });

  it.each<[what: string, body: object, code: number]>([
    ['a name of one character', { name: 'x' }, 50_035],
    ['a name of 33 characters', { name: 'x'.repeat(33) }, 50_035],
    ['a name with a space', { name: 'wa ve' }, 50_035],
    ['no image', { image: undefined }, 50_035],
    ['what is no image', { image: `data:image/png;base64,${btoa('text')}` }, 50_035],
    ['what is no data URI', { image: png.content.toString('base64') }, 50_035],
    ['256 KiB and a byte', { image: png.ofSize(256 * 1_024 + 1).dataUri }, 50_138],
    ['2 MiB and a byte', { image: png.ofSize(2_048 * 1_024 + 1).dataUri }, 50_035],
    ['a role that does not exist', { roles: ['1'] }, 50_028],
  ])('refuses %s', async (_what, body, code) => {
    expect(await bench.refusal(create(body))).toEqual([400, code]);
    expect(await list()).toEqual([]);
  });

  it('takes exactly 256 KiB', async () => {
    await made({ image: png.ofSize(256 * 1_024).dataUri });
  });

  it('holds 50 still and 50 moving ones', async () => {
    for (let index = 0; index < 50; index += 1)
      for (const isAnimated of [true, false])
        bench.control.createEmoji(bench.guildId, { name: `emoji_${index}`, isAnimated });
    expect(await bench.refusal(create())).toEqual([400, 30_008]);
    expect(await bench.refusal(create({ image: gif.dataUri }))).toEqual([400, 30_018]);
    expect(await list()).toHaveLength(100);
  });

  it('lets those who may create change their own alone, and those who manage all', async () => {
    const [own, foreign] = [await made(), bench.control.createEmoji(bench.guildId, { name: 'foreign' })];
    const rename = (id: string) => bench.rest('PATCH', `${path}/${id}`, { name: 'renamed' });
    expect((await rename(own.id)).status).toBe(200);
    expect(await bench.refusal(rename(foreign.id))).toEqual([403, 50_013]);
    expect(await bench.refusal(bench.rest('DELETE', `${path}/${foreign.id}`))).toEqual([403, 50_013]);
    expect(await bench.json(bench.rest('GET', `${path}/${foreign.id}`))).not.toHaveProperty('user');
    await bench.close();
    await start(Permission.ManageGuildExpressions);
    expect(await bench.refusal(create())).toEqual([403, 50_013]);
    const other = bench.control.createEmoji(bench.guildId, { name: 'foreign' });
    expect((await rename(other.id)).status).toBe(200);
    expect(await list()).toMatchObject([{ name: 'renamed', user: { id: bench.ownerId } }]);
  });

  it('reacts with them, as with those of its application', async () => {
    const own = `/applications/${demoApplication.id}/emojis`;
    const mine = await bench.json<Emoji>(bench.rest('POST', own, { name: 'mine', image: png.dataUri }), 201);
    const reactions = `/channels/${bench.channelId}/messages/${bench.say('hello')}/reactions`;
    const react = ({ id, name }: Emoji) => bench.rest('PUT', `${reactions}/${name}:${id}/@me`);
    const ours = await made({ image: gif.dataUri });
    expect([(await react(ours)).status, (await react(mine)).status]).toEqual([204, 204]);
    expect(await bench.refusal(react({ ...ours, id: '1' }))).toEqual([400, 10_014]);
  });

  it('does not know emojis of elsewhere', async () => {
    expect(await bench.refusal(bench.rest('GET', `${path}/1`))).toEqual([404, 10_014]);
  });
});

describe('the emojis of an application', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.start();
  });
  afterEach(() => bench.close());

  const path = `/applications/${demoApplication.id}/emojis`;
  const create = (name: string) => bench.rest('POST', path, { name, image: png.dataUri });

  it('are made, renamed and deleted by the bot', async () => {
    const emoji = await bench.json<Emoji>(create('mine'), 201);
    expect(emoji).toMatchObject({ name: 'mine', user: { id: demoApplication.id } });
    expect(await bench.refusal(create('mine'))).toEqual([400, 50_035]);
    await bench.json(bench.rest('PATCH', `${path}/${emoji.id}`, { name: 'ours' }));
    expect(await bench.json(bench.rest('GET', path))).toMatchObject({ items: [{ id: emoji.id, name: 'ours' }] });
    expect((await bench.rest('DELETE', `${path}/${emoji.id}`)).status).toBe(204);
    expect(await bench.refusal(bench.rest('GET', `${path}/${emoji.id}`))).toEqual([404, 10_014]);
  });

  it('are not those of another application', async () => {
    expect(await bench.refusal(bench.rest('GET', '/applications/1/emojis'))).toEqual([404, 10_002]);
  });
});
