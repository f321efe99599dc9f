import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect } from '@guildhall/database';
import { ForbiddenException, HttpException, NotFoundException } from '@nestjs/common';
import { sql } from 'drizzle-orm';
import { describe, expect, inject, it } from 'vitest';
import { DomainError } from './domain-error.js';
import { problemOf } from './problem-of.rules.js';

/** What a query fails with on a server at `url`. */
async function failureAt(url: string, statement = sql`select 1`): Promise<unknown> {
  const { database, close } = connect({ url, applicationName: 'spec', onError: () => undefined });
  try {
    await database.execute(statement);
    return undefined;
  } catch (error) {
    return error;
  } finally {
    await close();
  }
}

/** What beginning a transaction fails with. */
async function transactionFailureAt(url: string): Promise<unknown> {
  const { database, close } = connect({ url, applicationName: 'spec', onError: () => undefined });
  return database
    .transaction(async () => undefined)
    .catch((error: unknown) => error)
    .finally(close);
}

describe('problemOf', () => {
  it('lets a domain error speak for itself', () => {
    const error = new DomainError('bot-unreachable', { detail: 'why' });
    expect(problemOf(error)).toBe(error);
  });

  it('takes what was deleted under a change for a conflict, not for a fault', async () => {
    const url = inject('postgresUrl');
    const statement = sql.raw(`do $$ begin raise foreign_key_violation using message = 'secret'; end $$`);
    expect(problemOf(await failureAt(url, statement))).toMatchObject({
      code: 'conflict',
      detail: expect.not.stringContaining('secret'),
    });
  });

  it('knows the errors of Nest by their status', () => {
    expect(problemOf(new NotFoundException('secret'))).toMatchObject({ code: 'not-found', detail: undefined });
    expect(problemOf(new ForbiddenException())).toMatchObject({ code: 'missing-capability' });
    expect(problemOf(new HttpException('x', 418))).toMatchObject({ code: 'bad-request' });
    expect(problemOf(new HttpException('x', 503))).toMatchObject({ code: 'unavailable' });
    expect(problemOf(new HttpException('x', 502))).toMatchObject({ code: 'internal-error' });
  });

  it('tells nobody what it does not know', () => {
    const problem = problemOf(new Error('password=hunter2'));
    expect(problem).toMatchObject({ code: 'internal-error', detail: undefined, logLevel: 'error' });
    expect(problemOf('thrown text')).toMatchObject({ code: 'internal-error' });
    expect(problemOf(undefined)).toMatchObject({ code: 'internal-error' });
  });

  it('knows a database that is away', async () => {
    const nowhere = 'postgres://nobody@127.0.0.1:1/none';
    expect(problemOf(await failureAt(nowhere))).toMatchObject({ code: 'unavailable' });
    expect(problemOf(await transactionFailureAt(nowhere))).toMatchObject({ code: 'unavailable' });
  });

  it('knows a database that goes away in the middle', async () => {
    const rude = createServer((socket) => void socket.once('data', () => socket.destroy())).listen(0, '127.0.0.1');
    await once(rude, 'listening');
    const { port } = rude.address() as AddressInfo;
    expect(problemOf(await failureAt(`postgres://nobody@127.0.0.1:${port}/none`))).toMatchObject({
      code: 'unavailable',
    });
    rude.close();
  });

  it('knows a server that ends our connection', async () => {
    const failure = await failureAt(inject('postgresUrl'), sql`select pg_terminate_backend(pg_backend_pid())`);
    expect(problemOf(failure)).toMatchObject({ code: 'unavailable' });
  });

  it('blames the caller for a value that PostgreSQL cannot hold', async () => {
    const failure = await failureAt(inject('postgresUrl'), sql`select ${'\0'}::text`);
    expect(problemOf(failure)).toMatchObject({ code: 'bad-request', status: 400 });
  });

  it('blames us for a statement that is wrong, and for others that cannot be reached', async () => {
    expect(problemOf(await failureAt(inject('postgresUrl'), sql`selec 1`))).toMatchObject({ code: 'internal-error' });
    const elsewhere = await fetch('http://127.0.0.1:1').catch((error: unknown) => error);
    expect(problemOf(elsewhere)).toMatchObject({ code: 'internal-error' });
  });
});
