import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const MAX_BYTES = 10 * 1024 * 1024;

/** Older files kept beside the current one, as `name.log.1` to `name.log.3`. */
const KEPT_FILES = 3;

/** A log that starts a new file every 10 MB and keeps the last three. */
export class LogFile {
  private size: number;

  constructor(
    readonly path: string,
    private readonly maxBytes = MAX_BYTES,
  ) {
    mkdirSync(dirname(path), { recursive: true });
    this.size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  }

  write(line: string): void {
    const text = `${line}\n`;
    if (this.size > 0 && this.size + text.length > this.maxBytes) this.rotate();
    appendFileSync(this.path, text);
    this.size += Buffer.byteLength(text);
  }

  private rotate(): void {
    for (let age = KEPT_FILES; age >= 1; age -= 1) {
      const older = age === 1 ? this.path : `${this.path}.${age - 1}`;
      if (statSync(older, { throwIfNoEntry: false })) renameSync(older, `${this.path}.${age}`);
    }
    this.size = 0;
  }
}
