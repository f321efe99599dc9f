const MINUTE_SECONDS = 60;
const steps = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: MINUTE_SECONDS },
] as const;

/** Beyond this many days a date says more than a number of days. */
const DATE_AFTER_DAYS = 7;

/**
 * How long ago `at` was, such as "3 minutes ago"; a date when it is more than a week away. Instants slightly ahead, from
 * a clock that differs from ours, count as now.
 */
export function relativeTime(at: Date, now: Date, locale: string): string {
  const seconds = Math.round((now.getTime() - at.getTime()) / 1000);
  if (Math.abs(seconds) >= DATE_AFTER_DAYS * 86_400) {
    return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(at);
  }
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  const step = steps.find((candidate) => Math.abs(seconds) >= candidate.seconds);
  return step ? format.format(-Math.trunc(seconds / step.seconds), step.unit) : format.format(0, 'second');
}

/** The full date and time in the viewer's zone, which it names. */
export function exactTime(at: Date, locale: string): string {
  return new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  }).format(at);
}
