import { h } from './dom.js';

/** Styles of time stamps. @see https://docs.discord.com/developers/reference#message-formatting-timestamp-styles */
const STYLES = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
};
/** From which many seconds on a unit is used. */
const UNITS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];
const REFRESH_MS = 10_000;

/** A moment the way `<t:…>` asks for, in the language of the person. */
export function renderTime(seconds, style, locale) {
  const when = new Date(seconds * 1_000);
  if (Number.isNaN(when.getTime())) return `<t:${seconds}>`;
  const isRelative = style === 'R';
  const shown = isRelative ? relative(seconds, locale) : when.toLocaleString(locale, STYLES[style]);
  return h(
    'time.stamp',
    {
      datetime: when.toISOString(),
      title: when.toLocaleString(locale, STYLES.F),
      'data-relative': isRelative ? `${seconds}|${locale}` : null,
    },
    shown,
  );
}

/** How long ago something was, or how soon it will be. */
function relative(seconds, locale) {
  const distance = seconds - Date.now() / 1_000;
  const [unit, size] = UNITS.find(([, least]) => Math.abs(distance) >= least) ?? UNITS.at(-1);
  return new Intl.RelativeTimeFormat(locale, { numeric: 'always' }).format(Math.round(distance / size), unit);
}

/** Keeps the shown distances true while time passes. */
export function keepTimesCurrent() {
  setInterval(() => {
    for (const node of document.querySelectorAll('[data-relative]')) {
      const [seconds, locale] = node.dataset.relative.split('|');
      node.textContent = relative(Number(seconds), locale);
    }
  }, REFRESH_MS);
}
