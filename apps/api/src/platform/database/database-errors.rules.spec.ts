import { inspect } from 'node:util';
import { connect } from '@guildhall/database';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type MigratedDatabase, migratedDatabase } from '../../../testing/ingest-app.js';
import { isCollision, isFaultOfTheEvent, rootCauseOf, sqlStateOf } from './database-errors.rules.js';

let database: MigratedDatabase;

beforeAll(async () => {
  database = await migratedDatabase(inject('postgresUrl'));
});

afterAll(() => database?.close());

const failureOf = async (statement: ReturnType<typeof sql>): Promise<unknown> =>
  database.database.execute(statement).then(
    () => expect.fail('the statement worked'),
    (error: unknown) => error,
  );

describe('a failure of the database', () => {
  it.each([
    ['a value out of range', sql`select ${'99999999999'}::int`, '22003', true],
    ['a broken constraint', sql`insert into roles select 1, 1, 'r', 0, 0, 0, true, true, true`, '23503', true],
    ['a missing table', sql`select * from nowhere`, '42P01', false],
    ['a deadlock', sql`do $$ begin raise exception 'x' using errcode = '40P01'; end $$`, '40P01', false],
    ['a full disk', sql`do $$ begin raise exception 'x' using errcode = '53100'; end $$`, '53100', false],
  ])('by %s tells whether the event is to blame', async (_, statement, state, isFault) => {
    const failure = await failureOf(statement);
    expect(sqlStateOf(failure)).toBe(state);
    expect(isFaultOfTheEvent(failure)).toBe(isFault);
    expect(isCollision(failure)).toBe(state === '40P01');
  });

  it('by a lost connection is nobody’s fault', async () => {
    const away = connect({
      url: 'postgres://nobody@127.0.0.1:1/away',
      applicationName: 'spec',
      onError: () => undefined,
    });
    const failure = await away.database.execute(sql`select 1`).catch((error: unknown) => error);
    expect(isFaultOfTheEvent(failure)).toBe(false);
    await away.close();
  });

  it('of our own making is the event’s', () => {
    expect(isFaultOfTheEvent(new TypeError('undefined is not an event'))).toBe(true);
  });

  it('is told without the values of its statement', async () => {
    const failure = await failureOf(sql`select ${'what somebody wrote'}::text from nowhere`);
    expect(inspect(failure)).toContain('what somebody wrote');
    expect(inspect(rootCauseOf(failure))).not.toContain('what somebody wrote');
  });
});
