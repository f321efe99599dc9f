import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect, schema, startEmbeddedPostgres } from '@guildhall/database';
import { AuditHeads, AuditVerificationRepository, AuditVerifier, DiskFileStore } from '@guildhall/api/maintenance';
import { startTestApi } from '../../../api/testing/api.js';
import { auditKeysOf } from '../audit-keys.js';
import { DataFolder } from '../data/data-folder.js';
import { loadSecrets } from '../data/secrets.js';
import { maintain } from '../maintenance.js';
import { userCreate } from './user-create.js';

/** The embedded server starts several times. */
const PATIENCE = { timeout: 120_000 };

let dataDir: string;
let environment: NodeJS.ProcessEnv;
let printed: string[];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'guildhall-user-create-'));
  environment = { GUILDHALL_DATA_DIR: dataDir };
  printed = [];
});

afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const create = (values: Record<string, string>) => userCreate(environment, values, (text) => printed.push(text));

/** Signs in at a real API on the database of the data folder. */
async function statusOfLogin(databaseUrl: string, email: string, password: string): Promise<number> {
  const { AUDIT_KEY } = loadSecrets(join(dataDir, 'secrets.json'));
  const api = await startTestApi(databaseUrl, { GUILDHALL_DATA_DIR: dataDir, AUDIT_KEY });
  try {
    const response = await fetch(`${api.url}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    return response.status;
  } finally {
    await api.close();
  }
}

describe('user:create', () => {
  it('creates accounts while Guildhall is stopped and while it runs', PATIENCE, async () => {
    expect(await create({ email: 'admin@example.org', role: 'admin', name: 'Ada' })).toBe(0);
    const password = printed.at(-1)!.split(': ')[1]!;
    expect(password.length).toBeGreaterThanOrEqual(20);

    // What "guildhall start" does with the folder.
    const folder = DataFolder.open(dataDir);
    const postgres = await startEmbeddedPostgres({ dataDir: folder.file('postgres') });
    try {
      expect(await create({ email: 'kim@example.org', password: 'four brass lanterns swing' })).toBe(0);
      expect(printed.join('\n')).not.toContain('lanterns');
      expect(await statusOfLogin(postgres.url, 'ADMIN@example.org', password)).toBe(200);
      expect(await statusOfLogin(postgres.url, 'kim@example.org', 'four brass lanterns swing')).toBe(200);
      await expect(create({ email: 'Admin@Example.org' })).rejects.toThrow('Admin@Example.org already has an account.');
    } finally {
      await postgres.stop();
      folder.close();
    }
    await expect(create({ email: 'kim@example.org' })).rejects.toThrow('kim@example.org already has an account.');
    await maintain(environment, async ({ databaseUrl }) => {
      const { accounts, audited, findings } = await readBack(databaseUrl);
      expect(accounts).toEqual([
        ['Ada', 'ADMIN', 'admin@example.org'],
        ['kim', 'USER', 'kim@example.org'],
      ]);
      expect(audited.filter(([action]) => action === 'account.created')).toEqual([
        ['account.created', 'command-line'],
        ['account.created', 'command-line'],
      ]);
      expect(findings).toEqual([]);
    });
  });

  it.each([
    [{}, /needs --email/],
    [{ email: 'ada' }, /^--email: .+\.$/],
    [{ email: 'ada@example.org', role: 'KING' }, /--role: /],
    [{ email: 'ada@example.org', password: 'short' }, /--password: /],
    [{ email: 'ada@example.org', password: 'Password123!' }, /too easy to guess/],
    [{ email: 'ada@example.org', name: 'A\nB' }, /--name: must be one line/],
  ])('refuses %j before anything is started', async (values, message) => {
    await expect(create(values as Record<string, string>)).rejects.toThrow(message);
    expect(printed).toEqual([]);
    expect(readdirSync(dataDir)).toEqual([]);
  });
});

async function readBack(databaseUrl: string) {
  const connection = connect({ url: databaseUrl, applicationName: 'spec', onError: () => undefined });
  try {
    const { accounts, auditEntries } = schema;
    const rows = await connection.database.select().from(accounts).orderBy(accounts.createdAt);
    const entries = await connection.database.select().from(auditEntries).orderBy(auditEntries.seq);
    const keys = auditKeysOf(environment, loadSecrets(join(dataDir, 'secrets.json')));
    const repository = new AuditVerificationRepository(connection.database);
    const heads = new AuditHeads(new DiskFileStore(join(dataDir, 'files')), repository, keys);
    const { findings } = await new AuditVerifier(repository, heads, keys).verify(new Date());
    return {
      accounts: rows.map(({ displayName, role, email }) => [displayName, role, email]),
      audited: entries.map(({ action, origin }) => [action, origin]),
      findings,
    };
  } finally {
    await connection.close();
  }
}
