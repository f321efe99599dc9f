import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { limitedBody } from './limited-body.js';
import type { FileBody } from './file-store.js';

/** What a process left that was killed while it wrote; nothing is written for this long. */
const LEFTOVER_AGE_MS = 24 * 3_600_000;

/** A file that is complete on the disk, under a name nobody looks for. */
export interface IncomingFile {
  path: string;
  sizeBytes: number;
}

/** Where bodies are until they are known to be whole and not too large, and folders when nobody may find them any more. */
export class IncomingFolder {
  constructor(private readonly folder: string) {}

  /**
   * Writes a body, after `header` if there is one, and makes sure that it is on the disk. The caller moves or removes it.
   * @throws DomainError `payload-too-large`; nothing is left then
   */
  async receive(body: FileBody, { maxBytes, header }: { maxBytes: number; header?: string }): Promise<IncomingFile> {
    const path = await this.newPath();
    const file = await open(path, 'wx', 0o600);
    try {
      let sizeBytes = 0;
      if (header !== undefined) await file.writeFile(header);
      for await (const chunk of limitedBody(body, maxBytes)) {
        await file.writeFile(chunk);
        sizeBytes += chunk.byteLength;
      }
      await file.sync();
      return { path, sizeBytes };
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    } finally {
      await file.close();
    }
  }

  /** Removes a folder: it is gone at once, whatever others write into it meanwhile, and its files a little later. */
  async discard(folder: string): Promise<void> {
    const path = await this.newPath();
    const isThere = await rename(folder, path).then(() => true, unlessAbsent(false));
    if (isThere) await rm(path, { recursive: true, force: true });
  }

  /** Removes what was never finished. */
  async sweep(): Promise<void> {
    for (const name of await readdir(this.folder).catch(unlessAbsent<string[]>([]))) {
      const path = join(this.folder, name);
      const { mtimeMs } = await stat(path);
      if (mtimeMs < Date.now() - LEFTOVER_AGE_MS) await rm(path, { recursive: true, force: true });
    }
  }

  private async newPath(): Promise<string> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    return join(this.folder, randomUUID());
  }
}

function unlessAbsent<T>(instead: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === 'ENOENT') return instead;
    throw error;
  };
}
