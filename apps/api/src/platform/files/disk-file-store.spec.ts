import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeFileStore } from '../../../testing/file-store.suite.js';
import { DiskFileStore } from './disk-file-store.js';

const text = { contentType: 'text/plain', maxBytes: 1_000_000 };
const testing = join(import.meta.dirname, '../../../testing');
const DAY_SECONDS = 86_400;

const newFolder = () => mkdtemp(join(tmpdir(), 'guildhall-files-'));
const remove = (folder: string) => rm(folder, { recursive: true, force: true });

describeFileStore('DiskFileStore', async () => {
  const folder = await newFolder();
  return { store: new DiskFileStore(folder), close: () => remove(folder) };
});

describe('DiskFileStore', () => {
  let folder: string;
  let store: DiskFileStore;

  beforeEach(async () => {
    folder = await newFolder();
    store = new DiskFileStore(folder);
  });
  afterEach(() => remove(folder));

  /** Starts a process that writes, and kills it in the middle of it. */
  async function killAWriter(): Promise<void> {
    const child = spawn(
      process.execPath,
      [
        ...['--no-warnings', '--conditions=guildhall:source', '--experimental-transform-types'],
        ...['--import', join(testing, 'source-loader.mjs'), join(testing, 'file-writer.mjs')],
        ...[join(import.meta.dirname, 'disk-file-store.ts'), folder],
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const exited = once(child, 'exit');
    for await (const round of createInterface({ input: child.stdout })) if (Number(round) >= 20) break;
    child.kill('SIGKILL');
    await exited;
  }

  async function expectWholeFile(): Promise<void> {
    const file = await store.get('specs/one');
    if (!file) return;
    const content = await buffer(file.stream);
    expect(content.length).toBe(2_000_000);
    expect(content.equals(Buffer.alloc(2_000_000, file.contentType.slice(-1)))).toBe(true);
  }

  it('never has half a file, nor one with the type of another: not while it is replaced, nor after a kill', async () => {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      let isWriting = true;
      const killed = killAWriter().finally(() => {
        isWriting = false;
      });
      while (isWriting) await expectWholeFile();
      await killed;
      await expectWholeFile();
      expect(await store.exists('specs/one')).toBe(true);
    }
  });

  it('clears away what was never finished, but not what somebody may be writing', async () => {
    await store.put('a', new Uint8Array(1), text);
    const incoming = join(folder, '.incoming');
    await writeFile(join(incoming, 'old'), 'half a file');
    await writeFile(join(incoming, 'new'), 'half a file');
    const longAgo = Date.now() / 1000 - 2 * DAY_SECONDS;
    await utimes(join(incoming, 'old'), longAgo, longAgo);
    await store.sweep();
    expect(await readdir(incoming)).toEqual(['new']);
    expect(await store.exists('a')).toBe(true);
  });

  it('has nothing to clear away before its first file', async () => {
    await expect(new DiskFileStore(join(folder, 'none')).sweep()).resolves.toBeUndefined();
  });

  it('leaves nothing behind of a body that was too large', async () => {
    await expect(store.put('a', new Uint8Array(10), { ...text, maxBytes: 9 })).rejects.toThrow();
    expect(await readdir(folder, { recursive: true })).toEqual(['.incoming']);
  });

  it('is readable for its own account only', async () => {
    await store.put('a/b', new Uint8Array(1), text);
    expect((await stat(join(folder, 'a'))).mode & 0o077).toBe(0);
    expect((await stat(join(folder, 'a', 'b@'))).mode & 0o077).toBe(0);
  });

  it('can be written to while a folder around is deleted', async () => {
    let isWriting = true;
    const deleting = (async () => {
      while (isWriting) await store.deletePrefix('a');
    })();
    const writes = Array.from({ length: 200 }, (_, index) => store.put(`a/b/c/${index}`, new Uint8Array(1), text));
    const settled = await Promise.allSettled(writes);
    isWriting = false;
    await deleting;
    expect(
      settled.flatMap((one) => (one.status === 'rejected' ? [String((one.reason as Error).cause ?? one.reason)] : [])),
    ).toEqual([]);
    expect(await readdir(join(folder, '.incoming'))).toEqual([]);
  });

  it('is unavailable where its folder cannot be used', async () => {
    await writeFile(join(folder, 'file'), '');
    const broken = new DiskFileStore(join(folder, 'file', 'below'));
    await expect(broken.put('a', new Uint8Array(1), text)).rejects.toMatchObject({ code: 'unavailable' });
  });
});
