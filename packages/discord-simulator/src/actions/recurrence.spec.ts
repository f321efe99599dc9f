import { describe, expect, it } from 'vitest';
import type { RecurrenceRecord } from '../state/model.js';
import { isOccurrence, occurrencesOf } from './recurrence.js';

const START = '2026-01-30T10:00:00.000Z';

function rule(changes: Partial<RecurrenceRecord>): RecurrenceRecord {
  const none = { end: null, interval: 1, byWeekday: null, byNthWeekday: null, byMonth: null, byMonthDay: null };
  return { start: START, frequency: 3, ...none, ...changes };
}

describe('the occurrences of an event', () => {
  // 30 January 2026 is a Friday.
  it.each<[name: string, changes: Partial<RecurrenceRecord>, days: string[]]>([
    ['every day', { frequency: 3 }, ['01-30', '01-31', '02-01']],
    ['on weekdays', { frequency: 3, byWeekday: [0, 1, 2, 3, 4] }, ['01-30', '02-02', '02-03']],
    ['every week', { frequency: 2 }, ['01-30', '02-06', '02-13']],
    ['every second Sunday', { frequency: 2, interval: 2, byWeekday: [6] }, ['02-01', '02-15', '03-01']],
    [
      'on the last Friday that is the fifth',
      { frequency: 1, byNthWeekday: [{ n: 5, day: 4 }] },
      ['01-30', '05-29', '07-31'],
    ],
    ['on the first Monday', { frequency: 1, byNthWeekday: [{ n: 1, day: 0 }] }, ['02-02', '03-02', '04-06']],
    ['every month that has a 30th', { frequency: 1 }, ['01-30', '03-30', '04-30']],
  ])('%s', (_name, changes, days) => {
    const found = [...occurrencesOf(rule(changes)).take(3)].map((moment) => new Date(moment).toISOString());
    expect(found).toEqual(days.map((day) => `2026-${day}T10:00:00.000Z`));
  });

  it('come in leap years alone on 29 February', () => {
    const moments = occurrencesOf(rule({ frequency: 0, byMonth: [2], byMonthDay: [29] })).take(2);
    expect([...moments].map((moment) => new Date(moment).getUTCFullYear())).toEqual([2028, 2032]);
  });

  it('end where the rule ends', () => {
    expect([...occurrencesOf(rule({ end: '2026-02-01T00:00:00.000Z' }))]).toHaveLength(2);
  });

  it('are at their time of day only', () => {
    expect(isOccurrence(rule({}), Date.parse('2026-02-09T10:00:00Z'))).toBe(true);
    expect(isOccurrence(rule({}), Date.parse('2026-02-09T10:00:01Z'))).toBe(false);
  });
});
