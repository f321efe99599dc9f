import { assertMigrated, connect, DatabaseNotMigrated, DatabaseTooNew } from '@guildhall/database';
import { compareClocks } from './clock.js';
import { type Finding, ok, problem, warning } from './finding.js';

const OLDEST_MAJOR = 15;
/** What one API process may hold open: its own pool and that of its jobs. */
const CONNECTIONS_OF_AN_API = 24;

const SUBJECT = 'Database';

/** Looks at a database without changing it. */
export async function checkDatabase(url: string): Promise<Finding[]> {
  const { host, pathname } = new URL(url);
  const where = `${host}${pathname}`;
  const { pool, close } = connect({ url, poolSize: 1, applicationName: 'guildhall-doctor', onError: () => undefined });
  try {
    const askedAtMs = Date.now();
    const { rows } = await pool.query<ServerFacts>(FACTS);
    const answeredAtMs = Date.now();
    const [facts] = rows;
    if (!facts) throw new Error('it gave no answer');
    return [
      versionFinding(where, facts.version),
      ...(facts.canCreate ? [] : [problem(SUBJECT, `${where}: the role may not create schemas`, GRANT_ADVICE)]),
      ...(facts.connections < CONNECTIONS_OF_AN_API ? [fewConnections(facts.connections)] : []),
      await migrationFinding(url),
      compareClocks('the database', { askedAtMs, answeredAtMs, otherAt: facts.now, precisionMs: 0 }),
    ];
  } catch (error) {
    const advice = 'Check that PostgreSQL runs there, and the address, the user and the password in DATABASE_URL.';
    return [problem(SUBJECT, `${where} does not answer (${(error as Error).message || 'connection refused'})`, advice)];
  } finally {
    await close();
  }
}

interface ServerFacts {
  version: number;
  now: Date;
  connections: number;
  canCreate: boolean;
}

const FACTS = `select current_setting('server_version_num')::int as version, clock_timestamp() as now,
  current_setting('max_connections')::int as connections,
  has_database_privilege(current_database(), 'create') as "canCreate"`;

const GRANT_ADVICE = 'Run `GRANT CREATE ON DATABASE <database> TO <role>` as its owner.';

function versionFinding(where: string, version: number): Finding {
  const major = Math.floor(version / 10_000);
  if (major >= OLDEST_MAJOR) return ok(SUBJECT, `PostgreSQL ${major} answers at ${where}`);
  const advice = `Update PostgreSQL to ${OLDEST_MAJOR} or newer.`;
  return problem(SUBJECT, `PostgreSQL ${major} at ${where} is too old`, advice);
}

function fewConnections(connections: number): Finding {
  const advice = `Set max_connections to ${CONNECTIONS_OF_AN_API} or more for each API process.`;
  return warning(SUBJECT, `it allows ${connections} connections`, advice);
}

async function migrationFinding(url: string): Promise<Finding> {
  const subject = 'Database: schema';
  try {
    await assertMigrated(url);
    return ok(subject, 'it is at the schema of this version');
  } catch (error) {
    if (error instanceof DatabaseTooNew) {
      return problem(subject, 'a newer Guildhall wrote it', 'Update Guildhall, or restore a backup of this version.');
    }
    if (!(error instanceof DatabaseNotMigrated)) throw error;
    return warning(subject, 'it is older than this version', 'Run `npx guildhall migrate`; `npm start` does it too.');
  }
}
