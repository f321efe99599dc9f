import { type SQL, sql } from 'drizzle-orm';
import type { Person } from './personal-data.js';

/** Whether a text speaks of a person by an id or an address, as an SQL condition. */
export function namesPerson(text: SQL, { accountId, discordId, emails }: Person): SQL {
  const names = [accountId, ...(discordId === null ? [] : [discordId as string]), ...emails];
  const tests = names.map((name) => sql`position(${name}::text in lower(${text})) > 0`);
  return sql`(${sql.join(tests, sql` or `)})`;
}
