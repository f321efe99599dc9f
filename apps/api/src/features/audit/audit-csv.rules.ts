import type { AuditEntry } from '@guildhall/contracts';

type Column = readonly [title: string, value: (entry: AuditEntry) => unknown];

const COLUMNS: readonly Column[] = [
  ['seq', ({ seq }) => seq],
  ['at', ({ at }) => at],
  ['action', ({ action }) => action],
  ['origin', ({ origin }) => origin],
  ['actorName', ({ actor }) => actor?.name],
  ['actorAccountId', ({ actor }) => actor?.accountId],
  ['actorDiscordId', ({ actor }) => actor?.discordId],
  ['actorApiKeyId', ({ actor }) => actor?.apiKeyId],
  ['ipAddress', ({ actor }) => actor?.ipAddress],
  ['targetType', ({ target }) => target.type],
  ['targetId', ({ target }) => target.id],
  ['targetName', ({ target }) => target.name],
  ['before', ({ before }) => before && JSON.stringify(before)],
  ['after', ({ after }) => after && JSON.stringify(after)],
  ['reason', ({ reason }) => reason],
  ['isErased', ({ isErased }) => isErased],
];

/** What a spreadsheet would take for a formula. */
const FORMULA_START = /^[=+\-@\t\r\n|%]/;

export const AUDIT_CSV_HEADER = lineOf(COLUMNS.map(([title]) => title));

/** An entry as a line of CSV. */
export function auditCsvLine(entry: AuditEntry): string {
  return lineOf(COLUMNS.map(([, value]) => value(entry)));
}

/** @see https://www.rfc-editor.org/rfc/rfc4180 */
function lineOf(values: readonly unknown[]): string {
  return `${values.map(cellOf).join(',')}\r\n`;
}

/**
 * Every cell in quotes, and none that a spreadsheet would run.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
function cellOf(value: unknown): string {
  const text =
    typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? `${value}` : '';
  return `"${(FORMULA_START.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}
