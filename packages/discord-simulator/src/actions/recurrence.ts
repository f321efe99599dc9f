import { GuildScheduledEventRecurrenceRuleFrequency as Frequency } from 'discord-api-types/v10';
import type { RecurrenceRecord } from '../state/model.js';

const DAY_MS = 86_400_000;
const DAYS_PER_WEEK = 7;
/** Occurrences that are looked at: those of a daily event in 27 years. */
const HORIZON = 10_000;

/**
 * The moments an event is held at, in epoch milliseconds, the first one first. Days and months are those of UTC.
 * @see https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-recurrence-rule-object
 */
export function* occurrencesOf(rule: RecurrenceRecord): Generator<number> {
  const startMs = Date.parse(rule.start);
  const endMs = rule.end === null ? Infinity : Date.parse(rule.end);
  for (let step = 0; step < HORIZON; step += 1) {
    const moment = candidate(rule, startMs, step);
    if (moment === undefined || moment < startMs) continue;
    if (moment > endMs) return;
    yield moment;
  }
}

export function isOccurrence(rule: RecurrenceRecord, momentMs: number): boolean {
  for (const occurrence of occurrencesOf(rule)) if (occurrence >= momentMs) return occurrence === momentMs;
  return false;
}

/** What the rule says of its `step`th day, week, month or year; undefined where it says nothing. */
function candidate(rule: RecurrenceRecord, startMs: number, step: number): number | undefined {
  switch (rule.frequency) {
    case Frequency.Daily:
      return onDay(rule, startMs + step * rule.interval * DAY_MS);
    case Frequency.Weekly:
      return inWeek(rule, startMs + step * rule.interval * DAYS_PER_WEEK * DAY_MS);
    case Frequency.Monthly:
      return inMonth(rule, startMs, step * rule.interval);
    default:
      return inYear(rule, startMs, step * rule.interval);
  }
}

function onDay({ byWeekday }: RecurrenceRecord, momentMs: number): number | undefined {
  return !byWeekday || byWeekday.includes(weekdayOf(momentMs)) ? momentMs : undefined;
}

function inWeek({ byWeekday }: RecurrenceRecord, momentMs: number): number {
  const wanted = byWeekday?.[0] ?? weekdayOf(momentMs);
  return momentMs + ((wanted - weekdayOf(momentMs) + DAYS_PER_WEEK) % DAYS_PER_WEEK) * DAY_MS;
}

function inMonth({ byNthWeekday }: RecurrenceRecord, startMs: number, months: number): number | undefined {
  const start = new Date(startMs);
  const nth = byNthWeekday?.[0];
  const month = start.getUTCMonth() + months;
  const first = weekdayOf(Date.UTC(start.getUTCFullYear(), month, 1));
  const day = nth
    ? 1 + ((nth.day - first + DAYS_PER_WEEK) % DAYS_PER_WEEK) + (nth.n - 1) * DAYS_PER_WEEK
    : start.getUTCDate();
  return onDate(start, month, day);
}

function inYear({ byMonth, byMonthDay }: RecurrenceRecord, startMs: number, years: number): number | undefined {
  const start = new Date(startMs);
  const month = byMonth?.[0] === undefined ? start.getUTCMonth() : byMonth[0] - 1;
  return onDate(start, month + years * 12, byMonthDay?.[0] ?? start.getUTCDate());
}

/** The time of day of `start` on another date; undefined for a 30th of February. */
function onDate(start: Date, month: number, day: number): number | undefined {
  const moment = new Date(start);
  moment.setUTCMonth(month, day);
  return moment.getUTCDate() === day ? moment.getTime() : undefined;
}

/** Monday is 0, as in Discord's rules. */
function weekdayOf(momentMs: number): number {
  return (new Date(momentMs).getUTCDay() + DAYS_PER_WEEK - 1) % DAYS_PER_WEEK;
}
