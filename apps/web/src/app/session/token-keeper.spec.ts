import { describe, expect, it } from 'vitest';
import type { Tokens } from '@guildhall/contracts';
import { ProblemError } from '../api/problem-error';
import { TokenKeeper } from './token-keeper';

const LIFETIME_SECONDS = 900;

/** A keeper whose API answers when told to, with a clock and a timer that move when told to. */
function setUp() {
  const pending: { resolve: (tokens: Tokens) => void; reject: (error: unknown) => void }[] = [];
  const timers: { work: () => void; delayMs: number }[] = [];
  const world = { nowMs: 0, locked: 0, ended: 0, pending, timers };
  const keeper = new TokenKeeper({
    requestTokens: () => new Promise((resolve, reject) => pending.push({ resolve, reject })),
    exclusively: (work) => {
      world.locked += 1;
      return work();
    },
    schedule: (work, delayMs) => {
      const timer = { work, delayMs };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), 1);
    },
    now: () => world.nowMs,
    onEnded: () => (world.ended += 1),
  });
  return { keeper, world };
}

const tokens = (accessToken: string): Tokens => ({ accessToken, expiresIn: LIFETIME_SECONDS });

describe('TokenKeeper', () => {
  it('asks once, under the lock, however many requests wait for a token', async () => {
    const { keeper, world } = setUp();
    const both = Promise.all([keeper.current(), keeper.current(), keeper.renew()]);
    expect(world.pending).toHaveLength(1);
    expect(world.locked).toBe(1);
    world.pending[0]!.resolve(tokens('a'));
    expect(await both).toEqual(['a', 'a', 'a']);
  });

  it('gives the token out while it is valid and renews it once it is not', async () => {
    const { keeper, world } = setUp();
    keeper.accept(tokens('a'));
    expect(await keeper.current()).toBe('a');
    world.nowMs = LIFETIME_SECONDS * 1000;
    const renewed = keeper.current();
    world.pending[0]!.resolve(tokens('b'));
    expect(await renewed).toBe('b');
  });

  it('renews shortly before the expiry by itself', () => {
    const { keeper, world } = setUp();
    keeper.accept(tokens('a'));
    expect(world.timers.map(({ delayMs }) => delayMs)).toEqual([(LIFETIME_SECONDS - 60) * 1000]);
    world.timers[0]!.work();
    expect(world.pending).toHaveLength(1);
  });

  it('does not renew for a request that was refused with an older token', async () => {
    const { keeper, world } = setUp();
    keeper.accept(tokens('b'));
    expect(await keeper.renew('a')).toBe('b');
    expect(world.pending).toHaveLength(0);
  });

  it('ends the session when the API refuses the refresh token', async () => {
    const { keeper, world } = setUp();
    keeper.accept(tokens('a'));
    const renewal = keeper.renew('a');
    world.pending[0]!.reject(new ProblemError('refresh-token-invalid'));
    await expect(renewal).rejects.toMatchObject({ code: 'refresh-token-invalid' });
    expect(world.ended).toBe(1);
    expect(world.timers).toHaveLength(0);
  });

  it('keeps the session and tries again when there was no answer', async () => {
    const { keeper, world } = setUp();
    keeper.accept(tokens('a'));
    const renewal = keeper.renew('a');
    world.pending[0]!.reject(new ProblemError('offline'));
    await expect(renewal).rejects.toMatchObject({ code: 'offline' });
    expect(world.ended).toBe(0);
    expect(world.timers).toHaveLength(1);
    expect(await keeper.current()).toBe('a');
  });

  it('takes no token that arrives after the sign-out', async () => {
    const { keeper, world } = setUp();
    keeper.accept(tokens('a'));
    const renewal = keeper.renew('a');
    keeper.forget();
    world.pending[0]!.resolve(tokens('b'));
    await expect(renewal).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(world.ended).toBe(0);
    expect(world.timers).toHaveLength(0);
  });

  it('does not end the next session over a refusal of the last one', async () => {
    const { keeper, world } = setUp();
    keeper.accept(tokens('a'));
    const renewal = keeper.renew('a');
    keeper.accept(tokens('b'));
    world.pending[0]!.reject(new ProblemError('refresh-token-invalid'));
    await expect(renewal).rejects.toBeInstanceOf(ProblemError);
    expect(world.ended).toBe(0);
    expect(await keeper.current()).toBe('b');
  });
});
