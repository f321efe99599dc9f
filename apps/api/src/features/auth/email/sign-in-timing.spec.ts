import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startTestApi, type TestApi } from '../../../../testing/api.js';
import { createEmailPerson } from '../../../../testing/email-people.js';
import { type MigratedDatabase, migratedDatabase } from '../../../../testing/ingest-app.js';
import { rankTest } from '../../../../testing/rank-test.js';

const ATTEMPTS = 200;
/** Fewer than would lock a pair. */
const PER_ADDRESS = 5;
/** So small that chance alone makes this spec fail once in ten thousand runs. */
const SURE = 1e-4;

let database: MigratedDatabase;
let api: TestApi;

beforeAll(async () => {
  database = await migratedDatabase(inject('postgresUrl'));
  api = await startTestApi(database.url);
  for (let person = 0; person < ATTEMPTS / PER_ADDRESS; person += 1) {
    await createEmailPerson(api.app, { email: `known.${person}@example.org` });
  }
});

afterAll(async () => {
  await api?.close();
  await database?.close();
});

/** Milliseconds until a wrong sign-in is answered. */
async function timeOf(email: string): Promise<number> {
  const begin = performance.now();
  const response = await fetch(`${api.url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: 'not the password' }),
  });
  await response.arrayBuffer();
  const time = performance.now() - begin;
  expect(response.status).toBe(401);
  return time;
}

/** Both kinds in turn and in changing order, so that whatever slows this machine down slows down both. */
async function measure(): Promise<{ known: number[]; unknown: number[] }> {
  const times = { known: [] as number[], unknown: [] as number[] };
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const kinds = attempt % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const);
    for (const kind of kinds)
      times[kind].push(await timeOf(`${kind}.${Math.floor(attempt / PER_ADDRESS)}@example.org`));
  }
  return times;
}

describe('the time of a refused sign-in', () => {
  it('does not tell whether the address has an account', { timeout: 180_000 }, async () => {
    await timeOf('warm.up@example.org');
    const { known, unknown } = await measure();
    expect(rankTest(known, unknown)).toBeGreaterThan(SURE);
  });
});

describe('the test itself', () => {
  const noise = (base: number) => Array.from({ length: 200 }, (_, index) => base + ((index * 7_919) % 200) / 20);

  it('sees a shift of a quarter of the spread, and none where there is none', () => {
    expect(rankTest(noise(50), noise(50))).toBeGreaterThan(0.9);
    expect(rankTest(noise(50), noise(52.5))).toBeLessThan(SURE);
  });
});
