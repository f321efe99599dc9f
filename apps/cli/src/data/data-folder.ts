import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartError } from '@guildhall/process';

const SQLITE_BUSY = 5;

/** Another Guildhall runs on the folder. */
export class FolderInUse extends StartError {}

/** The folder of everything Guildhall keeps on disk, held by one Guildhall at a time. */
export class DataFolder {
  private constructor(
    readonly path: string,
    private readonly lock: DatabaseSync,
  ) {}

  /**
   * Creates the folder when it is missing and locks it. The lock is SQLite's, that is the operating system's: it is gone
   * with the process that held it, however that ended.
   * @throws FolderInUse when another Guildhall holds it
   * @throws StartError when the folder cannot be written
   */
  static open(path: string): DataFolder {
    const absolute = DataFolder.pathOf(path);
    try {
      mkdirSync(absolute, { recursive: true, mode: 0o755 });
      const probe = join(absolute, '.writable');
      writeFileSync(probe, '');
      rmSync(probe);
    } catch (error) {
      throw new StartError(
        `the data folder ${absolute} cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)}): ` +
          'correct its permissions, or choose another with GUILDHALL_DATA_DIR.',
      );
    }
    return new DataFolder(absolute, takeLock(absolute));
  }

  /** Where a folder lies, as everybody who opens it reads it. */
  static pathOf(path: string): string {
    return resolve(path);
  }

  file(...names: string[]): string {
    return join(this.path, ...names);
  }

  close(): void {
    this.lock.close();
  }
}

function takeLock(folder: string): DatabaseSync {
  const file = join(folder, 'guildhall.lock');
  try {
    const lock = new DatabaseSync(file);
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) {
      throw new FolderInUse(
        `another Guildhall already runs on ${folder}: stop it first, or give this one a folder of its own with GUILDHALL_DATA_DIR.`,
      );
    }
    throw new StartError(
      `${file} cannot be locked (${(error as Error).message}): it may belong to another user; correct its permissions, or choose another folder with GUILDHALL_DATA_DIR.`,
    );
  }
}
