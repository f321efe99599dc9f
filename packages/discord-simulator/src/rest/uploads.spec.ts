import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AttachmentBuilder } from 'discord.js';
import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench, BOT_PERMISSIONS } from '../../testing/bench.js';

const UPLOADER = BOT_PERMISSIONS | Permission.AttachFiles | Permission.ManageChannels;
/** A PNG of 3 by 2 pixels, as far as its header goes. */
const PICTURE = Buffer.concat([
  Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x03\0\0\0\x02\x08\x02\0\0\0', 'latin1'),
  Buffer.alloc(16),
]);

interface Attachment {
  id: string;
  filename: string;
  url: string;
  [field: string]: unknown;
}
interface Message {
  id: string;
  attachments: Attachment[];
  embeds: Record<string, unknown>[];
}

describe('files of messages', () => {
  let bench: Bench;
  let folder: string;
  const start = async () =>
    Bench.start({ botPermissions: UPLOADER, dataDir: folder, startAt: new Date('2026-03-01T12:00:00Z') });
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'simulator-'));
    bench = await start();
  });
  afterEach(async () => {
    await bench.close();
    rmSync(folder, { recursive: true });
  });

  interface Sent {
    payload?: object;
    files?: [field: string, filename: string, content: Buffer | string][];
    method?: string;
    path?: string;
  }
  const send = ({ payload, files = [], method = 'POST', path = `/channels/${bench.channelId}/messages` }: Sent) => {
    const form = new FormData();
    if (payload) form.append('payload_json', JSON.stringify(payload));
    for (const [field, filename, content] of files)
      form.append(field, new Blob([typeof content === 'string' ? content : new Uint8Array(content)]), filename);
    return bench.form(method, path, form);
  };
  const stored = () =>
    readdirSync(join(folder, 'files', 'attachments'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);
  const bytesAt = async (url: string) => Buffer.from(await (await fetch(url)).arrayBuffer());

  it('stores what is sent with a message and serves it by the CDN', async () => {
    const message = await bench.json<Message>(
      send({
        payload: {
          content: 'Look',
          attachments: [
            { id: '0', description: 'A dot', is_spoiler: true },
            { id: '1', filename: 'renamed.txt' },
          ],
        },
        files: [
          ['files[0]', 'dot.png', PICTURE],
          ['files[1]', 'note.txt', 'hello'],
        ],
      }),
    );
    const [picture, note] = message.attachments;
    expect(picture).toMatchObject({
      filename: 'dot.png',
      description: 'A dot',
      size: PICTURE.length,
      width: 3,
      height: 2,
      content_type: 'image/png',
      flags: 8,
    });
    expect(note).toMatchObject({ filename: 'renamed.txt', content_type: 'text/plain; charset=utf-8' });
    expect(await bytesAt(picture!.url)).toEqual(PICTURE);
    const answer = await fetch(note!.url);
    expect(await answer.text()).toBe('hello');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="renamed.txt"');
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
    expect((await fetch(note!.url.replace('renamed', 'other'))).status).toBe(404);
  });

  it('is what discord.js sends and reads, with an embed that shows a file', async () => {
    const client = await bench.login();
    const channel = client.channels.cache.get(bench.channelId);
    if (!channel?.isSendable()) throw new Error('The channel is not in the cache');
    const files = [
      new AttachmentBuilder(PICTURE, { name: '_my-dot.png' }),
      new AttachmentBuilder(Buffer.from('x'), { name: 'x.csv' }),
    ];
    const embeds = [{ title: 'Dot', image: { url: 'attachment://_my-dot.png' } }];
    const message = await channel.send({ files, embeds });
    expect(message.attachments.map(({ name }) => name)).toEqual(['x.csv']);
    expect(message.embeds[0]?.image).toMatchObject({ width: 3, height: 2 });
    expect(await bytesAt(message.embeds[0]!.image!.url)).toEqual(PICTURE);
    const edited = await message.edit({
      embeds: [],
      attachments: [],
      files: [{ attachment: Buffer.from('y'), name: 'y.txt' }],
    });
    expect(edited.attachments.map(({ name }) => name)).toEqual(['y.txt']);
    expect(stored()).toEqual(['y.txt']);
  });

  it('makes odd names safe, whatever folder they would lead to', async () => {
    const name = async (filename: string) => {
      const payload = { attachments: [{ id: '0', filename }] };
      const message = await bench.json<Message>(send({ payload, files: [['files[0]', 'x', 'x']] }));
      const [attachment] = message.attachments;
      expect((await fetch(attachment!.url)).status).toBe(200);
      return [attachment!.filename, attachment!['title']];
    };
    expect(await name('../../../etc/passwd')).toEqual(['etc_passwd', '../../../etc/passwd'.replace(/\.[^.]*$/, '')]);
    expect(await name('..')).toEqual(['unknown', '.']);
    expect(await name('hello (world).png')).toEqual(['hello_world.png', 'hello (world)']);
    expect(await name('_été à Paris.txt')).toEqual(['ete_a_Paris.txt', '_été à Paris']);
    expect(await name('файл.png')).toEqual(['unknown.png', 'файл']);
    expect((await name('a'.repeat(500) + '.png'))[0]).toHaveLength(200);
    for (const path of ['..%2F..%2F../..%2F../state.json', '1/2/..%2F..%2F..%2F..%2Fstate.json'])
      expect([path, (await fetch(`${bench.simulator.url}/attachments/${path}`)).status]).toEqual([path, 404]);
  });

  it('keeps, describes and takes off the files of a message that is edited', async () => {
    const { id, attachments } = await bench.json<Message>(
      send({
        files: [
          ['files[0]', 'a.txt', 'a'],
          ['files[1]', 'b.txt', 'b'],
        ],
      }),
    );
    const path = `/channels/${bench.channelId}/messages/${id}`;
    const [first] = attachments;
    const edited = await bench.json<Message>(
      send({
        method: 'PATCH',
        path,
        payload: { attachments: [{ id: first!.id, description: 'The first' }, { id: '0' }] },
        files: [['files[0]', 'c.txt', 'c']],
      }),
    );
    expect(edited.attachments).toMatchObject([{ id: first!.id, description: 'The first' }, { filename: 'c.txt' }]);
    expect(stored().sort()).toEqual(['a.txt', 'c.txt']);
    expect(await bench.refusal(bench.rest('PATCH', path, { attachments: [] }))).toEqual([400, 50_006]);
    expect(await bench.json<Message>(bench.rest('PATCH', path, { content: 'words', attachments: null }))).toMatchObject(
      {
        attachments: [],
      },
    );
    expect(stored()).toEqual([]);
  });

  it('forgets files with their message and with their channel', async () => {
    const { id } = await bench.json<Message>(send({ files: [['files[0]', 'a.txt', 'a']] }));
    expect((await bench.rest('DELETE', `/channels/${bench.channelId}/messages/${id}`)).status).toBe(204);
    expect(stored()).toEqual([]);
    await send({ files: [['files[0]', 'b.txt', 'b']] });
    expect(stored()).toEqual(['b.txt']);
    expect((await bench.rest('DELETE', `/channels/${bench.channelId}`)).status).toBe(200);
    expect(stored()).toEqual([]);
  });

  it('refuses more than there may be, and references to nothing, and stores none of it', async () => {
    const eleven = Array.from({ length: 11 }, (_, n): [string, string, string] => [`files[${n}]`, `${n}.txt`, 'x']);
    expect(await bench.refusal(send({ files: eleven }))).toEqual([400, 30_015]);
    const large = Buffer.alloc(10 * 1_048_576);
    expect(await bench.refusal(send({ files: [['files[0]', 'a', Buffer.concat([large, Buffer.from('x')])]] }))).toEqual(
      [413, 40_005],
    );
    const three = Array.from({ length: 3 }, (_, n): [string, string, Buffer] => [`files[${n}]`, `${n}`, large]);
    expect(await bench.refusal(send({ files: three }))).toEqual([413, 40_005]);
    const dangling = await send({ payload: { attachments: [{ id: '1' }] }, files: [['files[0]', 'a', 'a']] });
    expect(await dangling.json()).toMatchObject({
      code: 50_035,
      errors: {
        attachments: { 0: { _errors: [{ code: 'ATTACHMENT_NOT_FOUND', message: 'Attachment data not found' }] } },
      },
    });
    expect(await bench.refusal(send({ payload: {}, files: [] }))).toEqual([400, 50_006]);
    expect(existsSync(join(folder, 'files', 'attachments'))).toBe(false);
    expect(bench.control.listSentMessages()).toEqual([]);
  });

  it('needs the permission to attach files', async () => {
    for (const { id } of bench.control.guilds()[0]!.roles.values())
      bench.control.updateRole(bench.guildId, id, { permissions: BOT_PERMISSIONS.toString() });
    expect(await bench.refusal(send({ files: [['files[0]', 'a', 'a']] }))).toEqual([403, 50_013]);
  });

  it('still has the files of a message after a restart, and no others', async () => {
    const { id } = await bench.json<Message>(send({ files: [['files[0]', 'a.txt', 'a']] }));
    const { channelId } = bench;
    await bench.simulator.close();
    // A run that was cut short between a file and its message.
    const orphan = join(folder, 'files', 'attachments', channelId, '1');
    mkdirSync(orphan);
    writeFileSync(join(orphan, 'orphan.txt'), 'x');
    bench = await start();
    expect(stored()).toEqual(['a.txt']);
    const found = await bench.json<Message>(bench.rest('GET', `/channels/${channelId}/messages/${id}`));
    expect((await bytesAt(found.attachments[0]!.url)).toString()).toBe('a');
  });

  it('sends files of people too', async () => {
    const files = [{ filename: 'photo.png', bytes: PICTURE }];
    const { id } = bench.control.sendMessage(bench.ownerId, bench.channelId, '', { files });
    const message = await bench.json<Message>(bench.rest('GET', `/channels/${bench.channelId}/messages/${id}`));
    expect(message.attachments).toMatchObject([{ filename: 'photo.png', width: 3 }]);
  });
});
