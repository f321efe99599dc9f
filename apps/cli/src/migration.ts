import { DatabaseTooNew, migrate } from '@guildhall/database';
import { StartError } from '@guildhall/process';

/**
 * Brings the database to this version's schema.
 * @throws StartError in one line that never shows the password
 */
export async function migrateDatabase(url: string): Promise<void> {
  try {
    await migrate(url);
  } catch (error) {
    if (error instanceof DatabaseTooNew) throw new StartError(error.message);
    const { host, pathname } = new URL(url);
    throw new StartError(
      `the database at ${host}${pathname} cannot be used (${reasonOf(error)}): check that PostgreSQL runs there, and DATABASE_URL.`,
    );
  }
}

/** A connection refused on several addresses is an AggregateError without a message. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  const { message, cause } = error as Error;
  const reason = cause instanceof Error ? cause.message : message;
  return reason.replaceAll('\n', ' ');
}
