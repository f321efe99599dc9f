import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Every part of a path begins with a letter or digit, so that none leads out of the folder. */
const SAFE_PATH = /^[A-Za-z0-9][\w.-]*(?:\/[A-Za-z0-9][\w.-]*)*$/;

/** Files that the CDN serves, by their path there: in a folder, or in memory for a simulator that remembers nothing. */
export class FileStore {
  /** Where the CDN is reached, without a slash at the end; known once the simulator listens. */
  publicUrl = '';
  private readonly memory = new Map<string, Buffer>();

  constructor(private readonly directory?: string) {}

  urlOf(path: string): string {
    return `${this.publicUrl}/${path}`;
  }

  /** @throws Error for a path that no file of this Discord can have */
  put(path: string, bytes: Buffer): void {
    if (!SAFE_PATH.test(path)) throw new Error(`Not a path of the CDN: ${path}`);
    if (this.directory === undefined) {
      this.memory.set(path, bytes);
      return;
    }
    const file = join(this.directory, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.part`, bytes, { mode: 0o600 });
    renameSync(`${file}.part`, file);
  }

  get(path: string): Buffer | undefined {
    if (!SAFE_PATH.test(path)) return undefined;
    if (this.directory === undefined) return this.memory.get(path);
    const file = join(this.directory, path);
    return existsSync(file) ? readFileSync(file) : undefined;
  }

  /** Removes a file, or a folder with everything in it. */
  remove(path: string): void {
    if (!SAFE_PATH.test(path)) return;
    if (this.directory !== undefined) rmSync(join(this.directory, path), { force: true, recursive: true });
    for (const key of this.memory.keys()) if (key === path || key.startsWith(`${path}/`)) this.memory.delete(key);
  }

  /** Removes everything. */
  clear(): void {
    this.memory.clear();
    if (this.directory !== undefined) rmSync(this.directory, { force: true, recursive: true });
  }

  /** Removes what a run that was cut short left behind: all of a folder but the given files. */
  retain(folder: string, paths: ReadonlySet<string>): void {
    if (this.directory === undefined || !existsSync(join(this.directory, folder))) return;
    for (const entry of readdirSync(join(this.directory, folder), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name).slice(this.directory.length + 1);
      if (entry.isFile() && !paths.has(path)) rmSync(join(this.directory, path), { force: true });
    }
  }
}
