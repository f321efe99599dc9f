import { randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FileStore } from '../src/platform/files/file-store.js';

/** A store as the suite gets it. */
export interface FileStoreSubject {
  store: FileStore;
  close(): Promise<void>;
}

const png = { contentType: 'image/png', maxBytes: 1_000_000 };
const bytes = (text: string) => new TextEncoder().encode(text);

/** What every FileStore has to do. */
export function describeFileStore(name: string, open: () => Promise<FileStoreSubject>): void {
  describe(name, () => {
    let subject: FileStoreSubject;
    let store: FileStore;
    let folder: string;
    let key: string;

    beforeAll(async () => {
      subject = await open();
      ({ store } = subject);
    });
    afterAll(() => subject?.close());
    beforeEach(() => {
      folder = `specs/${randomUUID()}`;
      key = `${folder}/file.png`;
    });

    async function read(ofKey: string) {
      const file = await store.get(ofKey);
      return file && { ...file, content: await buffer(file.stream) };
    }

    const textOf = async (ofKey: string) => (await read(ofKey))?.content.toString() ?? null;

    /** What is known of a file before it is read. */
    async function detailsOf(ofKey: string) {
      const file = await store.get(ofKey);
      file?.stream.destroy();
      return file && { contentType: file.contentType, sizeBytes: file.sizeBytes };
    }

    it('gives back what it was given', async () => {
      // More than any buffer between here and there holds, with every value of a byte.
      const content = randomBytes(300_000);
      expect(await store.put(key, content, png)).toBe(300_000);
      const file = await read(key);
      expect(file).toMatchObject({ contentType: 'image/png', sizeBytes: 300_000 });
      expect(file?.content.equals(content)).toBe(true);
      expect(await store.exists(key)).toBe(true);
    });

    it('takes a stream whose length nobody knows', async () => {
      const pieces = Array.from({ length: 40 }, () => randomBytes(5_000));
      expect(await store.put(key, Readable.from(pieces), png)).toBe(200_000);
      expect((await read(key))?.content.equals(Buffer.concat(pieces))).toBe(true);
    });

    it('takes an empty file', async () => {
      expect(await store.put(key, new Uint8Array(), { contentType: 'text/csv; charset=utf-8', maxBytes: 0 })).toBe(0);
      expect(await detailsOf(key)).toEqual({ contentType: 'text/csv; charset=utf-8', sizeBytes: 0 });
      expect(await textOf(key)).toBe('');
    });

    it('has nothing under a key that was never used', async () => {
      expect(await store.get(key)).toBeNull();
      expect(await store.exists(key)).toBe(false);
      await store.delete(key);
      await store.deletePrefix(folder);
    });

    it('replaces a file with its content type', async () => {
      await store.put(key, bytes('a longer first one'), png);
      await store.put(key, bytes('second'), { ...png, contentType: 'text/plain' });
      expect(await detailsOf(key)).toEqual({ contentType: 'text/plain', sizeBytes: 6 });
      expect(await textOf(key)).toBe('second');
    });

    it('takes exactly as much as is allowed', async () => {
      expect(await store.put(key, bytes('12345'), { ...png, maxBytes: 5 })).toBe(5);
    });

    it.each([
      ['bytes', () => bytes('123456')],
      ['a stream', () => Readable.from([bytes('123'), bytes('456')])],
    ])('refuses more than is allowed, of %s, and leaves nothing', async (_kind, body) => {
      await expect(store.put(key, body(), { ...png, maxBytes: 5 })).rejects.toMatchObject({
        code: 'payload-too-large',
        detail: 'A file here has at most 5 bytes.',
      });
      expect(await store.exists(key)).toBe(false);
    });

    it('keeps the old file when the new one is too large, or ends before its end', async () => {
      await store.put(key, bytes('old'), png);
      await expect(store.put(key, bytes('123456'), { ...png, maxBytes: 5 })).rejects.toThrow();
      const broken = Readable.from(
        (async function* () {
          yield bytes('new');
          await Promise.resolve();
          throw new Error('the sender hung up');
        })(),
      );
      await expect(store.put(key, broken, png)).rejects.toThrow('the sender hung up');
      expect(await textOf(key)).toBe('old');
    });

    it('forgets what is deleted, and nothing else', async () => {
      await store.put(key, bytes('a'), png);
      await store.put(`${key}.bak`, bytes('b'), png);
      await store.delete(key);
      expect(await store.get(key)).toBeNull();
      expect(await textOf(`${key}.bak`)).toBe('b');
    });

    it('tells a file from a folder of the same name', async () => {
      await store.put(`${folder}/a`, bytes('file'), png);
      await store.put(`${folder}/a/b`, bytes('below'), png);
      expect([await textOf(`${folder}/a`), await textOf(`${folder}/a/b`)]).toEqual(['file', 'below']);
      await store.deletePrefix(`${folder}/a`);
      expect([await textOf(`${folder}/a`), await textOf(`${folder}/a/b`)]).toEqual(['file', null]);
    });

    it('deletes a whole folder, however full, but not the one whose name only begins alike', async () => {
      const keys = Array.from({ length: 60 }, (_, index) => `${folder}/1/${index % 3}/${index}`);
      await Promise.all([...keys, `${folder}/10/a`].map((each) => store.put(each, bytes('x'), png)));
      await store.deletePrefix(`${folder}/1`);
      expect((await Promise.all(keys.map((each) => store.exists(each)))).some(Boolean)).toBe(false);
      expect(await store.exists(`${folder}/10/a`)).toBe(true);
    });

    it.each([
      '',
      '/',
      'a//b',
      '/a',
      'a/',
      '..',
      'a/../../b',
      '.incoming/x',
      'a/.b',
      'A',
      'a b',
      'a\\b',
      'a\0',
      'ä',
      'a@',
    ])('knows that %j is no key', async (wrong) => {
      await expect(store.put(wrong, bytes('x'), png)).rejects.toThrow(RangeError);
      await expect(store.get(wrong)).rejects.toThrow(RangeError);
      await expect(store.exists(wrong)).rejects.toThrow(RangeError);
      await expect(store.delete(wrong)).rejects.toThrow(RangeError);
      await expect(store.deletePrefix(wrong)).rejects.toThrow(RangeError);
    });

    it.each(['', 'text', 'text/plain\r\nx-evil: 1', `text/${'x'.repeat(300)}`])(
      'knows that %j is no content type',
      async (contentType) => {
        await expect(store.put(key, bytes('x'), { ...png, contentType })).rejects.toThrow(RangeError);
      },
    );
  });
}
