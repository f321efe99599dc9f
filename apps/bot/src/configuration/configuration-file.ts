import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type BotConfiguration, botConfigurationSchema, guildConfigurationSchema } from '@guildhall/contracts';
import { StartError } from '@guildhall/process';

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS guilds (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;

/** What holds for all guilds. */
const sharedSchema = botConfigurationSchema.omit({ guilds: true });

/** The guilds' configurations on disk, beside the outbox. */
export class ConfigurationFile {
  readonly #database: DatabaseSync;

  /** @throws StartError when the file cannot be used */
  constructor(path: string) {
    try {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      this.#database = new DatabaseSync(path);
      this.#database.exec(SCHEMA);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new StartError(`${path} cannot be used (${reason}); move it away, it is read from the API again.`);
    }
  }

  /** What was stored; null for nothing yet. A guild that this version does not understand is left out and learned anew. */
  read(): BotConfiguration | null {
    const shared = this.#database.prepare("SELECT value FROM meta WHERE key = 'shared'").get();
    const known = sharedSchema.safeParse(shared && JSON.parse(String(shared['value'])));
    if (!known.success) return null;
    const guilds = this.#database
      .prepare('SELECT body FROM guilds')
      .all()
      .map(({ body }) => guildConfigurationSchema.safeParse(JSON.parse(String(body))))
      .flatMap((guild) => (guild.success ? [guild.data] : []));
    return { ...known.data, guilds };
  }

  /** Replaces what was stored. */
  write({ guilds, ...shared }: BotConfiguration): void {
    const keep = this.#database.prepare('INSERT INTO guilds (id, body) VALUES (?, ?)');
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      this.#database.exec('DELETE FROM guilds');
      for (const guild of guilds) keep.run(guild.guildId, JSON.stringify(guild));
      this.#database
        .prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('shared', ?)")
        .run(JSON.stringify(shared));
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    this.#database.close();
  }
}
