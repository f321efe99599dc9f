import { StartError } from '@guildhall/process';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Result codes of SQLite that an operator can do something about. @see https://www.sqlite.org/rescode.html */
const SQLITE_BUSY = 5;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_NOTADB = 26;

const SCHEMA_VERSION = 1;

/** Room for millions of messages; beyond it the bot stops reading from Discord instead of filling the disk. */
const MAX_BYTES = 4 * 1024 ** 3;
const PAGE_BYTES = 4096;

/**
 * `synchronous = FULL` makes a committed sequence survive a power cut: a number that the API has seen is never given to
 * another event. The exclusive lock keeps a second bot from the file.
 */
const SCHEMA = `
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA secure_delete = ON;
  PRAGMA max_page_count = ${MAX_BYTES / PAGE_BYTES};
  BEGIN IMMEDIATE;
  CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS lanes (lane INTEGER PRIMARY KEY, last INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS events (
    lane INTEGER NOT NULL, seq INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (lane, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS sessions (shard INTEGER PRIMARY KEY, info TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS member_lists (guild_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS message_histories (
    guild_id TEXT PRIMARY KEY, is_imported INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS ban_lists (guild_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS staged_chunks (
    guild_id TEXT NOT NULL, position INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (guild_id, position)
  ) STRICT, WITHOUT ROWID;
  PRAGMA user_version = ${SCHEMA_VERSION};
  COMMIT;
`;

/**
 * Opens the outbox's file, or makes it, and takes its lock.
 * @throws StartError when the folder is not writable, or the file damaged, newer or in use
 */
export function openOutboxFile(path: string): DatabaseSync {
  prepareFolder(dirname(path));
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path);
    const version = database.prepare('PRAGMA user_version').get()?.['user_version'];
    if (typeof version === 'number' && version > SCHEMA_VERSION) {
      throw new StartError(`the outbox ${path} was written by a newer Guildhall; update, or move the file away.`);
    }
    const check = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
    if (check !== 'ok') throw damaged(path);
    database.exec(SCHEMA);
    return database;
  } catch (error) {
    database?.close();
    throw describeOpenError(error, path);
  }
}

/** Whether a write failed because the disk, or the outbox's own limit, is exhausted. */
export function isFull(error: unknown): boolean {
  return sqliteCode(error) === SQLITE_FULL;
}

function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new StartError(`cannot write to ${folder} (${reason}); make it writable or set GUILDHALL_DATA_DIR.`);
  }
}

function describeOpenError(error: unknown, path: string): unknown {
  const code = sqliteCode(error);
  if (code === SQLITE_BUSY) {
    return new StartError(`the outbox ${path} is in use by another bot; stop it or choose another BOT_ID.`);
  }
  if (code === SQLITE_CORRUPT || code === SQLITE_NOTADB) return damaged(path);
  if (code === undefined) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new StartError(`the outbox ${path} cannot be opened (${reason}); make it writable or set GUILDHALL_DATA_DIR.`);
}

function damaged(path: string): StartError {
  return new StartError(
    `the outbox ${path} is damaged; move it away to start with an empty one (undelivered events are in it).`,
  );
}

/** The primary result code; extended codes carry it in their low byte. */
function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  return error.errcode & 0xff;
}
