import { GuildScheduledEventRecurrenceRuleFrequency as Frequency } from 'discord-api-types/v10';
import { z } from 'zod';
import type { RecurrenceRecord } from '../state/model.js';

const moment = z.iso.datetime({ offset: true });
const weekday = z.number().int().min(0).max(6);

/** The sets of weekdays a daily event may have, Monday being 0. */
const KNOWN_WEEKDAYS = ['0,1,2,3,4', '1,2,3,4,5', '0,1,2,3,6', '4,5', '5,6', '0,6'];

const rule = z.looseObject({
  start: moment,
  end: z.null().optional(),
  count: z.null().optional(),
  by_year_day: z.null().optional(),
  frequency: z.number().int().min(0).max(3),
  interval: z.number().int().min(1).max(2).nullish(),
  by_weekday: z.array(weekday).max(7).nullish(),
  by_n_weekday: z
    .array(z.looseObject({ n: z.number().int().min(1).max(5), day: weekday }))
    .max(7)
    .nullish(),
  by_month: z.array(z.number().int().min(1).max(12)).max(12).nullish(),
  by_month_day: z.array(z.number().int().min(1).max(31)).max(33).nullish(),
});

type Rule = z.infer<typeof rule>;

/**
 * A subset of iCalendar, as Discord limits it: one kind of day per rule, each for the frequencies it has a meaning for.
 * @see https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-recurrence-rule-object-system-limitations
 */
export const recurrenceRule = rule.superRefine((given, context) => {
  const refuse = (field: string, message: string) =>
    context.addIssue({ code: 'custom', path: [field], message, params: { code: 'BASE_TYPE_BAD_VALUE' } });
  const { frequency, interval, by_weekday, by_n_weekday, by_month, by_month_day } = given;
  if (interval === 2 && frequency !== Number(Frequency.Weekly)) refuse('interval', 'Only weekly events skip a turn.');
  const kinds = [by_weekday, by_n_weekday, by_month ?? by_month_day].filter(isGiven);
  if (kinds.length > 1) refuse('by_weekday', 'Only one of by_weekday, by_n_weekday and by_month may be given.');
  if (isGiven(by_weekday) && !isWeekdaySet(frequency, by_weekday)) {
    refuse('by_weekday', 'Not a set of weekdays for this frequency.');
  }
  const isMonthly = frequency === Number(Frequency.Monthly);
  if (isGiven(by_n_weekday) && (!isMonthly || by_n_weekday.length !== 1))
    refuse('by_n_weekday', 'For one day a month.');
  if (isGiven(by_month) || isGiven(by_month_day)) {
    const isYearly = frequency === Number(Frequency.Yearly);
    if (!isYearly || by_month?.length !== 1 || by_month_day?.length !== 1) refuse('by_month', 'For one day a year.');
  }
});

function isGiven<Value>(value: Value): value is NonNullable<Value> {
  return value !== undefined && value !== null;
}

function isWeekdaySet(frequency: number, days: readonly number[]): boolean {
  if (frequency === Number(Frequency.Weekly)) return days.length === 1;
  return frequency === Number(Frequency.Daily) && KNOWN_WEEKDAYS.includes([...days].sort().join(','));
}

export function recurrenceFrom(given: Rule): RecurrenceRecord {
  return {
    start: given.start,
    end: null,
    frequency: given.frequency,
    interval: given.interval ?? 1,
    byWeekday: given.by_weekday ?? null,
    byNthWeekday: given.by_n_weekday?.map(({ n, day }) => ({ n, day })) ?? null,
    byMonth: given.by_month ?? null,
    byMonthDay: given.by_month_day ?? null,
  };
}
