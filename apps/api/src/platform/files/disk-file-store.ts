import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DomainError } from '../problems/domain-error.js';
import { checkContentType, segmentsOf } from './file-key.rules.js';
import { type FileBody, FileStore, type PutOptions, type StoredFile } from './file-store.js';
import { type IncomingFile, IncomingFolder } from './incoming-folder.js';

/** Begins with a dot, as no key does. */
const INCOMING = '.incoming';
/** Ends the name of what is a file, so that `a` and `a/b` can both exist. */
const SUFFIX = '@';
const MAX_HEADER_BYTES = 256;
/** A folder may be deleted each time between its creation and the arrival of a file. */
const MAX_MOVES = 10;
/** The disk says no: full, read-only, not ours, broken. */
const DISK_FAILURES = ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'ENOTDIR', 'EIO', 'EMFILE', 'ENFILE'];

/**
 * Files of a deployment on one machine, in a folder. A file is its content type, a line feed and its bytes: one file, so that
 * the two can never disagree. It appears under its name when it is complete and on the disk.
 */
export class DiskFileStore extends FileStore {
  private readonly incoming: IncomingFolder;

  constructor(private readonly folder: string) {
    super();
    this.incoming = new IncomingFolder(join(folder, INCOMING));
  }

  override async put(key: string, body: FileBody, { contentType, maxBytes }: PutOptions): Promise<number> {
    const path = this.pathOf(key);
    checkContentType(contentType);
    return onDisk(async () => {
      const file = await this.incoming.receive(body, { maxBytes, header: `${contentType}\n` });
      await this.publish(file, path);
      return file.sizeBytes;
    });
  }

  override async get(key: string): Promise<StoredFile | null> {
    const path = this.pathOf(key);
    return onDisk(async () => {
      const file = await open(path).catch(absent);
      return file && (await read(file));
    });
  }

  override async exists(key: string): Promise<boolean> {
    const path = this.pathOf(key);
    return onDisk(async () => (await stat(path).catch(absent)) !== null);
  }

  override async delete(key: string): Promise<void> {
    const path = this.pathOf(key);
    await onDisk(() => rm(path, { force: true }));
  }

  override async deletePrefix(folder: string): Promise<void> {
    const path = join(this.folder, ...segmentsOf(folder));
    await onDisk(() => this.incoming.discard(path));
  }

  /** Removes what a killed process left half written. */
  async sweep(): Promise<void> {
    await this.incoming.sweep();
  }

  private pathOf(key: string): string {
    return `${join(this.folder, ...segmentsOf(key))}${SUFFIX}`;
  }

  private async publish(file: IncomingFile, path: string): Promise<void> {
    try {
      await move(file.path, path);
    } catch (error) {
      await rm(file.path, { force: true });
      throw error;
    }
    // The new names have to be on the disk too: the file's, and those of folders made for it.
    for (let folder = dirname(path); folder.length >= this.folder.length; folder = dirname(folder)) await sync(folder);
  }
}

async function move(from: string, to: string, movesLeft = MAX_MOVES): Promise<void> {
  try {
    await mkdir(dirname(to), { recursive: true, mode: 0o700 });
    await rename(from, to);
  } catch (error) {
    // ENOTDIR is how Node.js says that a folder went away while it made one in it.
    if (!['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '') || movesLeft === 1) throw error;
    await move(from, to, movesLeft - 1);
  }
}

async function read(file: FileHandle): Promise<StoredFile> {
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MAX_HEADER_BYTES), 0, MAX_HEADER_BYTES, 0);
    const headerBytes = buffer.subarray(0, bytesRead).indexOf('\n') + 1;
    if (headerBytes === 0) throw new Error('a file of the file store has no content type');
    return {
      stream: file.createReadStream({ start: headerBytes }),
      contentType: buffer.toString('latin1', 0, headerBytes - 1),
      sizeBytes: size - headerBytes,
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Makes sure that the names in a folder are on the disk, unless somebody has deleted it. */
async function sync(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(absent);
  if (!handle) return;
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function onDisk<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!DISK_FAILURES.includes(codeOf(error) ?? '')) throw error;
    throw new DomainError('unavailable', { detail: 'The file store cannot be used at the moment.', cause: error });
  }
}

function absent(error: unknown): null {
  if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null;
  throw error;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
