import { describe, expect, it } from 'vitest';
import { relativeTime } from './time-text';

const now = new Date('2026-03-10T12:00:00Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);

describe('relativeTime', () => {
  it.each([
    [0, 'now'],
    [59, 'now'],
    [-3, 'now'],
    [60, '1 min. ago'],
    [3599, '59 min. ago'],
    [3600, '1 hr. ago'],
    [86_400, 'yesterday'],
    [6 * 86_400, '6 days ago'],
    [7 * 86_400, 'Mar 3, 2026'],
  ])('%i seconds ago is "%s"', (seconds, text) => {
    expect(relativeTime(ago(seconds), now, 'en')).toBe(text);
  });

  it('speaks French', () => {
    expect(relativeTime(ago(180), now, 'fr')).toMatch(/^il y a 3\smin$/);
  });
});
