import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Clock } from './clock.js';

const START_MS = Date.parse('2026-03-01T12:00:00.000Z');

describe('a clock that stands still', () => {
  it('moves by being put forward alone', () => {
    const clock = new Clock(START_MS);
    expect(clock.now()).toBe(START_MS);
    clock.advance(1_500);
    expect(clock.iso()).toBe('2026-03-01T12:00:01.500Z');
  });

  it('does what falls due in its order and at its moment, with what that brings about', () => {
    const clock = new Clock(START_MS);
    const done: [string, number][] = [];
    const note = (name: string) => done.push([name, clock.now() - START_MS]);
    clock.after(300, () => note('last'));
    clock.after(100, () => {
      note('first');
      clock.after(50, () => note('brought about'));
    });
    clock.after(1_000, () => note('too late'));
    clock.advance(500);
    expect(done).toEqual([
      ['first', 100],
      ['brought about', 150],
      ['last', 300],
    ]);
    expect(clock.now()).toBe(START_MS + 500);
  });

  it('does nothing that was called off', () => {
    const clock = new Clock(START_MS);
    const act = vi.fn();
    clock.after(100, act)();
    clock.after(100, act);
    clock.stop();
    clock.advance(1_000);
    expect(act).not.toHaveBeenCalled();
  });
});

describe("the machine's clock", () => {
  beforeEach(() => void vi.useFakeTimers({ now: START_MS }));
  afterEach(() => void vi.useRealTimers());

  it('goes by itself, and faster when it is put forward', () => {
    const clock = new Clock();
    const act = vi.fn();
    clock.after(1_000, act);
    clock.advance(400);
    vi.advanceTimersByTime(599);
    expect(act).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(act).toHaveBeenCalledOnce();
    expect(clock.now()).toBe(START_MS + 1_000);
  });

  it('waits longer than a timer of Node can', () => {
    const clock = new Clock();
    const act = vi.fn();
    const fortyDaysMs = 40 * 86_400_000;
    clock.after(fortyDaysMs, act);
    vi.advanceTimersByTime(fortyDaysMs - 1);
    expect(act).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(act).toHaveBeenCalledOnce();
  });
});
