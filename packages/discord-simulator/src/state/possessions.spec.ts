import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Bench, BOT_PERMISSIONS } from '../../testing/bench.js';
import { gif, mp3, png } from '../../testing/images.js';
import { demoApplication, startSimulator } from '../index.js';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'simulator-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

it('remembers what guilds and applications own over a restart, with the files', async () => {
  const botPermissions = BOT_PERMISSIONS | Permission.ManageGuild | Permission.CreateGuildExpressions;
  const bench = await Bench.start({ dataDir, botPermissions });
  const { control, guildId, channelId } = bench;
  const path = `/guilds/${guildId}`;
  const { icon } = await bench.json<{ icon: string }>(
    bench.rest('PATCH', path, { icon: png.dataUri, description: 'Ours', system_channel_id: channelId }),
  );
  const emoji = control.createEmoji(guildId, { name: 'wave', content: gif.content, isAnimated: true });
  const sticker = control.createSticker(guildId, { name: 'wave', content: png.content });
  const sound = control.createSound(guildId, { name: 'horn', content: mp3(1).content });
  await bench.json(bench.rest('POST', `${path}/templates`, { name: 'Ours' }));
  await bench.json(bench.rest('PATCH', `${path}/welcome-screen`, { enabled: true, description: 'Hello' }));
  const prompt = { id: '0', title: 'What?', options: [{ title: 'This', channel_ids: [channelId] }] };
  await bench.json(bench.rest('PUT', `${path}/onboarding`, { prompts: [prompt] }));
  await bench.json(bench.rest('PATCH', `${path}/members/@me`, { avatar: png.dataUri, bio: 'I help' }));
  const own = `/applications/${demoApplication.id}/emojis`;
  const mine = await bench.json<{ id: string }>(bench.rest('POST', own, { name: 'mine', image: png.dataUri }), 201);
  const before = control.snapshot(guildId);
  await bench.close();

  const simulator = await startSimulator({ port: 0, seed: 'empty', activity: false, dataDir });
  expect(simulator.control.snapshot(guildId)).toEqual(before);
  const files: [string, Buffer][] = [
    [`icons/${guildId}/${icon}.png`, png.content],
    [`emojis/${emoji.id}.gif`, gif.content],
    [`emojis/${mine.id}.png`, png.content],
    [`stickers/${sticker.id}.png`, png.content],
    [`soundboard-sounds/${sound.id}`, mp3(1).content],
  ];
  for (const [file, content] of files) {
    const served = await fetch(`${simulator.url}/${file}`);
    expect([file, Buffer.from(await served.arrayBuffer())]).toEqual([file, content]);
  }
  const headers = { authorization: `Bot ${demoApplication.botToken}` };
  const emojis = await fetch(`${simulator.apiUrl}/v10${own}`, { headers });
  expect(await emojis.json()).toMatchObject({ items: [{ id: mine.id, name: 'mine' }] });
  expect(BigInt(simulator.control.createEmoji(guildId, { name: 'next' }).id)).toBeGreaterThan(BigInt(mine.id));
  await simulator.close();
});
