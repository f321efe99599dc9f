import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { testConfig } from '../../../testing/api.js';
import { type MigratedDatabase, migratedDatabase } from '../../../testing/ingest-app.js';
import { ConfigModule } from '../config/config.module.js';
import { LoggingModule } from '../logging/logging.module.js';
import { Jobs } from './jobs.js';
import { JobsModule } from './jobs.module.js';
import { queue } from './queue.js';

const note = queue('specs.note', z.object({ text: z.string() }));

let database: MigratedDatabase;
/** Processes that share the work. */
const workers: INestApplicationContext[] = [];
const noted: string[] = [];
let isFailing = false;

async function startWorker(): Promise<void> {
  const config = ConfigModule.with(testConfig(database.url));
  const imports = [config, LoggingModule.with(pino({ level: 'silent' }))];
  const worker = await NestFactory.create({ module: JobsModule, imports }, new FastifyAdapter(), {
    logger: false,
  });
  worker.get(Jobs).work(note, ({ text }) => {
    if (isFailing) return Promise.reject(new Error('not now'));
    noted.push(text);
    return Promise.resolve();
  });
  workers.push(await worker.init());
}

beforeAll(async () => {
  database = await migratedDatabase(inject('postgresUrl'));
  await Promise.all([startWorker(), startWorker()]);
});

afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.close()));
  await database?.close();
});

const jobs = () => workers[0]!.get(Jobs);

async function sendAndCommit(text: string): Promise<void> {
  await database.database.transaction((transaction) => jobs().send(transaction, note, { text }));
}

async function stateOf(text: string): Promise<string | undefined> {
  const { rows } = await database.pool.query<{ state: string }>(
    `select state from pgboss.job where name = 'specs.note' and data->>'text' = $1`,
    [text],
  );
  return rows[0]?.state;
}

describe('a job', () => {
  it('runs once, in one of several processes, when its transaction is committed', async () => {
    const texts: string[] = Array.from({ length: 10 }, () => randomUUID());
    for (const text of texts) await sendAndCommit(text);
    for (const text of texts) {
      await expect.poll(() => stateOf(text), { timeout: 15_000, interval: 100 }).toBe('completed');
    }
    expect(noted.filter((text) => texts.includes(text)).sort()).toEqual(texts.sort());
  });

  it('never existed when its transaction is rolled back', async () => {
    const text = randomUUID();
    const rolledBack = database.database.transaction(async (transaction) => {
      await jobs().send(transaction, note, { text });
      throw new Error('changed my mind');
    });
    await expect(rolledBack).rejects.toThrow('changed my mind');
    const later = randomUUID();
    await sendAndCommit(later);
    await expect.poll(() => stateOf(later), { timeout: 15_000, interval: 100 }).toBe('completed');
    expect(await stateOf(text)).toBeUndefined();
    expect(noted).not.toContain(text);
  });

  it('is refused with a payload that its queue does not know', async () => {
    const send = database.database.transaction((transaction) => jobs().send(transaction, note, { text: 5 as never }));
    await expect(send).rejects.toThrow(z.ZodError);
  });

  it('waits for another try when it fails', async () => {
    const text = randomUUID();
    isFailing = true;
    await sendAndCommit(text);
    await expect.poll(() => stateOf(text), { timeout: 15_000, interval: 100 }).toBe('retry');
    isFailing = false;
    await database.pool.query(`update pgboss.job set start_after = now() where data->>'text' = $1`, [text]);
    await expect.poll(() => stateOf(text), { timeout: 15_000, interval: 100 }).toBe('completed');
    expect(noted.filter((one) => one === text)).toHaveLength(1);
  });

  it('goes on after the database threw its connections out', async () => {
    await database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'guildhall-jobs' and datname = current_database()`,
    );
    const text = randomUUID();
    await expect
      .poll(
        () =>
          sendAndCommit(text).then(
            () => true,
            () => false,
          ),
        { timeout: 15_000 },
      )
      .toBe(true);
    await expect.poll(() => stateOf(text), { timeout: 15_000, interval: 100 }).toBe('completed');
  });
});
