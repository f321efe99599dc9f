import { assertMigrated, DatabaseNotMigrated, DatabaseTooNew } from '@guildhall/database';
import { StartError } from '@guildhall/process';

/**
 * Makes sure, before anything starts, that there is a database of this version.
 * @throws StartError that says what to do
 */
export async function requireDatabase(url: string): Promise<void> {
  try {
    await assertMigrated(url);
  } catch (error) {
    if (error instanceof DatabaseTooNew || error instanceof DatabaseNotMigrated) throw new StartError(error.message);
    throw new StartError(
      `the database at ${placeOf(url)} cannot be used (${reasonOf(error)}); check DATABASE_URL and that PostgreSQL runs.`,
    );
  }
}

/** Where it is, without the password. */
function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

/** A name with several addresses fails with one error for each and no message of its own. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || ('code' in error ? String(error.code) : error.name);
}
