import { createTestDatabase } from '@guildhall/database/testing';
import { migrate } from '@guildhall/database';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { compareClocks } from './clock.js';
import { checkDatabase } from './database.js';
import { report } from './finding.js';
import { checkDataFolder } from './machine.js';
import { checkStores } from './stores.js';

describe('the doctor, with a database', () => {
  it('says what is missing, and is content afterwards', async () => {
    const database = await createTestDatabase(inject('postgresUrl'));
    expect(await checkDatabase(database.url)).toMatchObject([
      { level: 'ok', text: expect.stringMatching(/^PostgreSQL \d+ answers at /) as string },
      { level: 'warning', advice: expect.stringContaining('guildhall migrate') as string },
      { level: 'ok', subject: 'Clock beside the database' },
    ]);
    await migrate(database.url);
    expect((await checkDatabase(database.url)).map(({ level }) => level)).toEqual(['ok', 'ok', 'ok']);
    await database.drop();
  });

  it('tells neither user nor password of one that does not answer', async () => {
    const [finding] = await checkDatabase('postgresql://me:secret@127.0.0.1:1/nowhere');
    expect(finding).toMatchObject({ level: 'problem', subject: 'Database' });
    expect(JSON.stringify(finding)).not.toContain('secret');
  });
});

describe('the doctor, with stores', () => {
  it('names each one that does not answer', async () => {
    const findings = await checkStores({
      redisUrl: 'redis://127.0.0.1:1',
      s3Url: 'http://key:secret@127.0.0.1:1/bucket?pathStyle=true',
      smtpUrl: 'smtp://127.0.0.1:1',
    });
    expect(findings.map(({ level, subject }) => [level, subject])).toEqual([
      ['problem', 'Redis'],
      ['problem', 'Files (S3)'],
      ['problem', 'Mail (SMTP)'],
    ]);
    expect(JSON.stringify(findings)).not.toContain('secret');
  });

  it('says nothing of those that are not used', async () => {
    expect(await checkStores({ redisUrl: undefined, s3Url: undefined, smtpUrl: undefined })).toEqual([]);
  });
});

describe('the doctor, with this machine', () => {
  it('warns of secrets that others can read', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'guildhall-doctor-'));
    const secrets = join(folder, 'secrets.json');
    writeFileSync(secrets, '{}', { mode: 0o600 });
    const levels = async () => (await checkDataFolder(folder, { isInUse: false })).at(-1)?.level;
    expect(await levels()).toBe('ok');
    chmodSync(secrets, 0o644);
    expect(await levels()).toBe('problem');
    rmSync(folder, { recursive: true });
  });
});

describe('two clocks', () => {
  const reading = (otherMs: number, roundTripMs = 100) => ({
    askedAtMs: 1_000_000,
    answeredAtMs: 1_000_000 + roundTripMs,
    otherAt: new Date(otherMs),
    precisionMs: 0,
  });

  it.each([
    ['agree within what cannot be told apart', reading(1_002_000), 'ok'],
    ['are told apart beyond that', reading(1_002_200), 'warning'],
    ['are a problem when sign-in fails by them', reading(900_000), 'problem'],
    ['are not blamed for a slow answer', reading(1_005_000, 10_000), 'ok'],
  ])('%s', (_, clocks, level) => {
    expect(compareClocks('Discord', clocks).level).toBe(level);
  });
});

it('counts what it found, with the advice below each', () => {
  const text = report([
    { level: 'ok', subject: 'A', text: 'fine' },
    { level: 'problem', subject: 'B', text: 'broken', advice: 'Mend it.' },
  ]);
  expect(text).toBe('✓ A: fine\n✗ B: broken\n    → Mend it.\n\n1 problems, 0 warnings, 1 good.');
});
