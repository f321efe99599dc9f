import { GatewayIntentBits as Intent, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { Events } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demoApplication } from '../index.js';
import { Bench, BOT_PERMISSIONS } from '../../testing/bench.js';
import { gif, png, widePng } from '../../testing/images.js';

interface StickerForm {
  name?: string;
  tags?: string;
  description?: string;
  /** `null` leaves it out. */
  file?: Buffer | null;
}

interface Sticker {
  id: string;
  format_type: number;
}

describe('the stickers of a guild', () => {
  let bench: Bench;
  let path: string;
  const start = async (permissions: bigint) => {
    bench = await Bench.start({ botPermissions: BOT_PERMISSIONS | permissions });
    path = `/guilds/${bench.guildId}/stickers`;
  };
  beforeEach(() => start(Permission.CreateGuildExpressions));
  afterEach(() => bench.close());

  const create = ({ file = png.content, ...fields }: StickerForm = {}) => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ name: 'wave', tags: 'hello', ...fields })) form.set(name, value);
    if (file) form.set('file', new Blob([new Uint8Array(file)]), 'sticker.png');
    const headers = { authorization: `Bot ${demoApplication.botToken}` };
    return fetch(`${bench.simulator.apiUrl}/v10${path}`, { method: 'POST', headers, body: form });
  };
  const made = (fields?: StickerForm) => bench.json<Sticker>(create(fields), 201);
  const list = () => bench.json<Sticker[]>(bench.rest('GET', path));

  it('creates, changes and deletes them with discord.js, and logs it', async () => {
    const client = await bench.login({ intents: [Intent.Guilds, Intent.GuildExpressions] });
    const told = [Events.GuildStickerCreate, Events.GuildStickerUpdate, Events.GuildStickerDelete].map(
      (event) => new Promise<void>((resolve) => client.once(event as Events.GuildStickerCreate, () => resolve())),
    );
    const guild = await client.guilds.fetch(bench.guildId);
    const file = { attachment: png.content, name: 'wave.png' };
    const sticker = await guild.stickers.create({ file, name: 'wave', tags: 'hello', description: 'A wave' });
    expect(sticker).toMatchObject({ name: 'wave', tags: 'hello', description: 'A wave', format: 1 });
    await sticker.edit({ name: 'greeting' });
    await sticker.delete('enough');
    await Promise.all(told);
    const { auditLog } = bench.control.guilds()[0]!;
    expect(auditLog.slice(-3)).toMatchObject([
      { actionType: 90, targetId: sticker.id },
      { actionType: 91, changes: [{ key: 'name', old_value: 'wave', new_value: 'greeting' }] },
      { actionType: 92, reason: 'enough' },
    ]);
    expect(await list()).toEqual([]);
  });

  it('finds any by its id, and serves its file', async () => {
    const { id, format_type } = await made({ file: gif.content });
    expect(format_type).toBe(4);
    expect(await bench.json(bench.rest('GET', `/stickers/${id}`))).toMatchObject({ id, type: 2 });
    const served = await fetch(`${bench.simulator.url}/stickers/${id}.gif`);
    expect(Buffer.from(await served.arrayBuffer())).toEqual(gif.content);
    expect(await bench.refusal(bench.rest('GET', '/stickers/1'))).toEqual([404, 10_060]);
    expect(await bench.refusal(bench.rest('GET', `${path}/1`))).toEqual([404, 10_060]);
  });

  it.each<[what: string, fields: StickerForm, code: number]>([
    ['a name of one character', { name: 'x' }, 50_035],
    ['a name of 31 characters', { name: 'x'.repeat(31) }, 50_035],
    ['a description of one character', { description: 'x' }, 50_035],
    ['a description of 101 characters', { description: 'x'.repeat(101) }, 50_035],
    ['tags of 201 characters', { tags: 'x'.repeat(201) }, 50_035],
    ['no tags', { tags: '' }, 50_035],
    ['no file', { file: null }, 50_035],
    ['a file of 512 KiB and a byte', { file: png.ofSize(512 * 1_024 + 1).content }, 50_045],
    ['a file that is no sticker', { file: Buffer.from('text') }, 50_046],
    ['a Lottie file in an ordinary guild', { file: Buffer.from('{"v":"5.5"}') }, 50_046],
    ['a picture wider than 320 pixels', { file: widePng.content }, 50_046],
  ])('refuses %s', async (_what, fields, code) => {
    expect(await bench.refusal(create(fields))).toEqual([400, code]);
    expect(await list()).toEqual([]);
  });

  it('takes Lottie files where the guild is verified', async () => {
    bench.control.updateGuild(bench.guildId, { settings: { features: ['VERIFIED'] } });
    expect(await made({ file: Buffer.from('{"v":"5.5"}') })).toMatchObject({ format_type: 3 });
  });

  it('holds five', async () => {
    for (let index = 0; index < 5; index += 1) bench.control.createSticker(bench.guildId, { name: `sticker ${index}` });
    expect(await bench.refusal(create())).toEqual([400, 30_039]);
    expect(await list()).toHaveLength(5);
  });

  it('lets those who may create change their own alone', async () => {
    const [own, foreign] = [await made(), bench.control.createSticker(bench.guildId, { name: 'foreign' })];
    expect((await bench.rest('PATCH', `${path}/${own.id}`, { description: null })).status).toBe(200);
    expect(await bench.refusal(bench.rest('PATCH', `${path}/${foreign.id}`, { name: 'mine' }))).toEqual([403, 50_013]);
    expect(await bench.refusal(bench.rest('DELETE', `${path}/${foreign.id}`))).toEqual([403, 50_013]);
    await bench.close();
    await start(Permission.ManageGuildExpressions);
    expect(await bench.refusal(create())).toEqual([403, 50_013]);
  });
});

it('offers a pack of stickers to everybody, with their pictures', async () => {
  const bench = await Bench.start();
  const { sticker_packs } = await bench.json<{ sticker_packs: { id: string; stickers: Sticker[] }[] }>(
    bench.rest('GET', '/sticker-packs'),
  );
  const [pack] = sticker_packs;
  expect(await bench.json(bench.rest('GET', `/sticker-packs/${pack!.id}`))).toEqual(pack);
  const { id } = pack!.stickers[0]!;
  expect(await bench.json(bench.rest('GET', `/stickers/${id}`))).toEqual(pack!.stickers[0]);
  expect((await fetch(`${bench.simulator.url}/stickers/${id}.png`)).headers.get('content-type')).toBe('image/png');
  expect(await bench.refusal(bench.rest('GET', '/sticker-packs/1'))).toEqual([404, 10_061]);
  await bench.close();
});
