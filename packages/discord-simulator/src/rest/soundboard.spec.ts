import { GatewayIntentBits as Intent, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { Events } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demoApplication } from '../index.js';
import { Bench, BOT_PERMISSIONS } from '../../testing/bench.js';
import { mp3, ogg, png } from '../../testing/images.js';

/** Frames of an MP3 within 5.2 seconds, and samples of an Ogg of exactly that. */
const [MAX_FRAMES, MAX_SAMPLES] = [199, 249_600];

interface Sound {
  sound_id: string;
  name: string;
}

describe('the soundboard of a guild', () => {
  let bench: Bench;
  let path: string;
  const start = async (permissions: bigint) => {
    bench = await Bench.start({ botPermissions: BOT_PERMISSIONS | permissions });
    path = `/guilds/${bench.guildId}/soundboard-sounds`;
  };
  beforeEach(() => start(Permission.CreateGuildExpressions));
  afterEach(() => bench.close());

  const create = (body: object = {}) => bench.rest('POST', path, { name: 'horn', sound: mp3(10).dataUri, ...body });
  const made = (body: object = {}) => bench.json<Sound>(create(body), 201);
  const list = async () => (await bench.json<{ items: Sound[] }>(bench.rest('GET', path))).items;

  it('creates, changes and deletes sounds with discord.js, and logs it', async () => {
    const client = await bench.login({ intents: [Intent.Guilds, Intent.GuildExpressions] });
    const events = [
      Events.GuildSoundboardSoundCreate,
      Events.GuildSoundboardSoundUpdate,
      Events.GuildSoundboardSoundDelete,
    ];
    const told = events.map(
      (event) =>
        new Promise<void>((resolve) => client.once(event as Events.GuildSoundboardSoundCreate, () => resolve())),
    );
    const guild = await client.guilds.fetch(bench.guildId);
    const file = mp3(MAX_FRAMES).content;
    const sound = await guild.soundboardSounds.create({
      file,
      contentType: 'audio/mpeg',
      name: 'horn',
      emojiName: '📯',
    });
    await sound.edit({ volume: 0.5 });
    await guild.soundboardSounds.delete(sound.soundId);
    await Promise.all(told);
    expect(bench.control.guilds()[0]!.auditLog.slice(-3)).toMatchObject([
      { actionType: 130, targetId: sound.soundId },
      { actionType: 131, changes: [{ key: 'volume', old_value: 1, new_value: 0.5 }] },
      { actionType: 132 },
    ]);
    expect(await list()).toEqual([]);
  });

  it('serves the sound', async () => {
    const { sound_id } = await made({ sound: ogg(MAX_SAMPLES).dataUri });
    const served = await fetch(`${bench.simulator.url}/soundboard-sounds/${sound_id}`);
    expect(served.headers.get('content-type')).toBe('audio/ogg');
    expect(await bench.json(bench.rest('GET', `${path}/${sound_id}`))).toMatchObject({ sound_id, volume: 1 });
  });

  it.each<[what: string, body: object, code: number]>([
    ['a name of one character', { name: 'x' }, 50_035],
    ['a name of 33 characters', { name: 'x'.repeat(33) }, 50_035],
    ['a volume above 1', { volume: 1.1 }, 50_035],
    ['no sound', { sound: undefined }, 50_035],
    ['what is no data URI', { sound: 'horn.mp3' }, 50_035],
    ['512 KiB and a byte', { sound: mp3(10).ofSize(512 * 1_024 + 1).dataUri }, 50_035],
    ['a picture', { sound: png.dataUri }, 50_123],
    ['an MP3 beyond 5.2 seconds', { sound: mp3(MAX_FRAMES + 1).dataUri }, 50_124],
    ['an Ogg beyond 5.2 seconds', { sound: ogg(MAX_SAMPLES + 1).dataUri }, 50_124],
    ['a sound of no length', { sound: ogg(0).dataUri }, 50_192],
  ])('refuses %s', async (_what, body, code) => {
    expect(await bench.refusal(create(body))).toEqual([400, code]);
    expect(await list()).toEqual([]);
  });

  it('holds eight', async () => {
    for (let index = 0; index < 8; index += 1) bench.control.createSound(bench.guildId, { name: `sound ${index}` });
    expect(await bench.refusal(create())).toEqual([400, 30_045]);
    expect(await list()).toHaveLength(8);
  });

  it('lets those who may create change their own alone', async () => {
    const [own, foreign] = [await made(), bench.control.createSound(bench.guildId, { name: 'foreign' })];
    const change = (id: string) => bench.rest('PATCH', `${path}/${id}`, { emoji_name: '🎺', volume: null });
    expect(await bench.json(change(own.sound_id))).toMatchObject({ emoji_name: '🎺', volume: 1 });
    expect(await bench.refusal(change(foreign.id))).toEqual([403, 50_013]);
    expect(await bench.refusal(bench.rest('DELETE', `${path}/${foreign.id}`))).toEqual([403, 50_013]);
    expect(await bench.refusal(change('1'))).toEqual([404, 10_097]);
  });
});

describe('sounds in a voice channel', () => {
  let bench: Bench;
  let voiceId: string;
  const VOICE = Permission.Speak | Permission.UseSoundboard | Permission.Connect;
  const start = async (permissions: bigint) => {
    bench = await Bench.start({ botPermissions: BOT_PERMISSIONS | permissions });
    voiceId = bench.control.createChannel(bench.guildId, { name: 'Talk', type: 2 }).id;
  };
  beforeEach(() => start(VOICE));
  afterEach(() => bench.close());

  const play = (sound_id: string, source?: string) =>
    bench.rest('POST', `/channels/${voiceId}/send-soundboard-sound`, { sound_id, source_guild_id: source ?? null });

  it('are heard by those who listen', async () => {
    const client = await bench.login({ intents: [Intent.Guilds, Intent.GuildVoiceStates] });
    const heard = new Promise<unknown>((resolve) => client.once(Events.VoiceChannelEffectSend, resolve));
    const sounds = await bench.json<Sound[]>(bench.rest('GET', '/soundboard-default-sounds'));
    const quack = sounds.find(({ name }) => name === 'quack')!;
    expect(await bench.refusal(play(quack.sound_id))).toEqual([400, 40_032]);
    bench.control.joinVoice(voiceId, demoApplication.id);
    expect((await play(quack.sound_id)).status).toBe(204);
    expect(await heard).toMatchObject({ channelId: voiceId, userId: demoApplication.id, soundId: quack.sound_id });
    expect(await bench.refusal(play('999'))).toEqual([404, 10_097]);
  });

  it('come from other guilds only with the permission for that', async () => {
    const other = bench.control.createGuild({ name: 'Other', ownerId: bench.ownerId });
    const sound = bench.control.createSound(other.id, { name: 'theirs' });
    bench.control.joinVoice(voiceId, demoApplication.id);
    expect(await bench.refusal(play(sound.id, other.id))).toEqual([403, 50_013]);
    await bench.close();
    await start(VOICE | Permission.UseExternalSounds);
    const again = bench.control.createGuild({ name: 'Other', ownerId: bench.ownerId });
    bench.control.joinVoice(voiceId, demoApplication.id);
    const { id } = bench.control.createSound(again.id, { name: 'theirs' });
    expect((await play(id, again.id)).status).toBe(204);
  });
});
