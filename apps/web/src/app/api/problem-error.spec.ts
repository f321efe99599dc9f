import { problemTable, PROBLEM_TYPE_BASE } from '@guildhall/contracts';
import { describe, expect, it } from 'vitest';
import { FAILURE_CODES, asProblemError, failureCode, readProblem } from './problem-error';

const answer = (body: unknown, status: number) => new Response(JSON.stringify(body), { status });

describe('readProblem', () => {
  it.each(Object.entries(problemTable))('reads %s as the API writes it', async (code, { status, title }) => {
    const body = { type: PROBLEM_TYPE_BASE + code, title, status, requestId: 'r1' };
    expect(await readProblem(answer(body, status))).toMatchObject({ code, requestId: 'r1' });
  });

  it('shows a problem of a newer API as an internal error, with its request id', async () => {
    const body = { type: `${PROBLEM_TYPE_BASE}invented-later`, requestId: 'r2' };
    expect(await readProblem(answer(body, 418))).toMatchObject({ code: 'internal-error', requestId: 'r2' });
  });

  it.each([
    [401, 'unauthenticated'],
    [403, 'missing-capability'],
    [404, 'not-found'],
    [429, 'too-many-requests'],
    [502, 'unavailable'],
    [500, 'internal-error'],
  ])('goes by the status %i of a proxy that sends no problem', async (status, code) => {
    expect(await readProblem(new Response('<h1>Bad gateway</h1>', { status }))).toMatchObject({
      code,
      requestId: null,
    });
  });
});

describe('failure codes', () => {
  it('are those of the contract and "offline"', () => {
    expect(FAILURE_CODES.toSorted()).toEqual([...Object.keys(problemTable), 'offline'].toSorted());
  });

  it('never come from the prototype of an object', () => {
    expect(failureCode('constructor')).toBe('internal-error');
    expect(failureCode(undefined)).toBe('internal-error');
  });

  it('keep the cause of what was not a problem', () => {
    const cause = new TypeError('x');
    expect(asProblemError(cause)).toMatchObject({ code: 'internal-error', cause });
  });
});
