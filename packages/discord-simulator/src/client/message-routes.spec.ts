import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type APIMessage, MessageType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTavern, type Tavern } from '../../testing/tavern.js';
import { startSimulator, type Simulator } from '../index.js';
import type { MessageRecord } from '../state/model.js';

describe('what people do with messages over HTTP', () => {
  let simulator: Simulator;
  let tavern: Tavern;
  let pets: string;
  let dataDir: string;

  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'messages-'));
    simulator = await startSimulator({ port: 0, seed: 'empty', activity: false, dataDir });
    tavern = openTavern(simulator.control);
    pets = tavern.channels.pets;
  });
  afterEach(async () => {
    await simulator.close();
    rmSync(dataDir, { recursive: true });
  });

  const messages = async () => {
    const response = await fetch(`${simulator.url}/client/messages?as=${tavern.alex}&channelId=${pets}`);
    return ((await response.json()) as { messages: APIMessage[] }).messages;
  };
  const files = () =>
    readdirSync(join(dataDir, 'files'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const post = async (path: string, body: object) => {
    const response = await fetch(`${simulator.url}/client/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ channelId: pets, ...body }),
    });
    return { status: response.status, body: (await response.json()) as { error?: string } };
  };
  const send = async (userId: string, files: Blob[], fields: object = {}) => {
    const form = new FormData();
    form.append('payload_json', JSON.stringify({ as: userId, channelId: pets, ...fields }));
    for (const [index, file] of files.entries()) form.append(`files[${index}]`, file, `file-${index}.txt`);
    const response = await fetch(`${simulator.url}/client/messages`, { method: 'POST', body: form });
    return { status: response.status, body: (await response.json()) as { error?: string } };
  };
  const write = (text = 'hello'): MessageRecord => simulator.control.sendMessage(tavern.sam, pets, text);

  it('takes files, with what is said about them, and serves them', async () => {
    const attachments = [{ id: 0, filename: 'notes.txt', is_spoiler: true }];
    expect(await send(tavern.sam, [new Blob(['meow'])], { attachments })).toMatchObject({ status: 200 });
    const [message] = await messages();
    expect(message).toMatchObject({ content: '', author: { id: tavern.sam } });
    const [file] = message?.attachments ?? [];
    expect(file).toMatchObject({ filename: 'notes.txt', flags: 8, size: 4 });
    const served = await fetch(file?.url ?? '');
    expect(await served.text()).toBe('meow');
  });

  it('refuses files without the permission, and one file or byte too many', async () => {
    const tooMany = Array.from({ length: 11 }, () => new Blob(['x']));
    expect(await send(tavern.sam, tooMany)).toMatchObject({ status: 400 });
    const tooLarge = new Blob([new Uint8Array(10 * 1_048_576 + 1)]);
    expect(await send(tavern.sam, [tooLarge])).toMatchObject({ status: 413 });
    const deny = Permission.AttachFiles.toString();
    pets = simulator.control.createChannel(tavern.guildId, {
      name: 'words-only',
      overwrites: [{ id: tavern.guildId, type: 0, allow: '0', deny }],
    }).id;
    expect(await send(tavern.sam, [new Blob(['x'])])).toMatchObject({ status: 403 });
    expect(await messages()).toEqual([]);
  });

  it('keeps no file of a message that could not be sent', async () => {
    pets = simulator.control.createChannel(tavern.guildId, { name: 'slow', slowmodeSeconds: 60 }).id;
    await send(tavern.sam, [new Blob(['first'])]);
    expect(files()).toHaveLength(1);
    expect(await send(tavern.sam, [new Blob(['second'])])).toMatchObject({ status: 400 });
    expect(files()).toHaveLength(1);
  });

  it('pins and unpins for those who may, and lists what is pinned', async () => {
    const { id: messageId } = write('remember');
    expect(await post('pins', { as: tavern.sam, messageId, isPinned: true })).toMatchObject({ status: 403 });
    expect(await post('pins', { as: tavern.alex, messageId, isPinned: true })).toMatchObject({ status: 200 });
    const list = async () => {
      const response = await fetch(`${simulator.url}/client/pins?as=${tavern.sam}&channelId=${pets}`);
      return ((await response.json()) as { messages: { id: string }[] }).messages.map(({ id }) => id);
    };
    const { id: later } = write('this too');
    await post('pins', { as: tavern.alex, messageId: later, isPinned: true });
    expect(await list()).toEqual([later, messageId]);
    await post('pins', { as: tavern.alex, messageId: later, isPinned: false });
    const notice = (await messages()).find(({ type }) => type === MessageType.ChannelPinnedMessage);
    expect(await post('pins', { as: tavern.alex, messageId: notice?.id, isPinned: true })).toMatchObject({
      status: 403,
      body: { error: 'Cannot execute action on a system message' },
    });
    expect(await post('pins', { as: tavern.alex, messageId, isPinned: false })).toMatchObject({ status: 200 });
    expect(await list()).toEqual([]);
  });

  it('votes for answers there are, while the poll is open', async () => {
    const poll = {
      question: 'Which?',
      answers: [{ text: 'Cats' }, { text: 'Dogs' }],
      hours: 1,
      allowsMultiselect: false,
    };
    const message = simulator.control.sendMessage(tavern.bear, pets, '', { poll });
    const voters = () => message.poll?.answers.map(({ voterIds }) => voterIds);
    const ballot = { as: tavern.sam, messageId: message.id };
    expect(await post('votes', { ...ballot, answerIds: [3] })).toMatchObject({ status: 404 });
    expect(await post('votes', { ...ballot, answerIds: [2] })).toMatchObject({ status: 200 });
    expect(voters()).toEqual([[], [tavern.sam]]);
    expect(await post('votes', { ...ballot, messageId: write().id, answerIds: [1] })).toMatchObject({ status: 404 });
    simulator.control.advance(2 * 3_600_000);
    expect(await post('votes', { ...ballot, answerIds: [1] })).toMatchObject({ status: 400 });
    expect(voters()).toEqual([[], [tavern.sam]]);
  });

  it('allows twenty kinds of reactions', async () => {
    const { id: messageId, reactions } = write();
    const kinds = [...'🐶🐱🐭🐹🐰🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵🐔🐧🐦🐤🦆🦅'];
    expect(kinds).toHaveLength(21);
    for (const emoji of kinds.slice(0, 20)) await post('reactions', { as: tavern.sam, messageId, emoji, isOn: true });
    const last = await post('reactions', { as: tavern.sam, messageId, emoji: kinds[20], isOn: true });
    expect(last).toMatchObject({ status: 400 });
    expect(reactions).toHaveLength(20);
  });

  it('lets nobody empty a message that has no files', async () => {
    const { id: messageId } = write('words');
    expect(await post('edits', { as: tavern.sam, messageId, content: ' ' })).toMatchObject({ status: 400 });
    expect((await messages())[0]?.content).toBe('words');
  });
});
