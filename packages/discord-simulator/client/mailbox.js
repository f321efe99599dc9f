import { get } from './api.js';
import { byId, h } from './dom.js';
import { textsFor } from './texts.js';

const REFRESH_MS = 2_000;
const ADDRESS = /(https?:\/\/[^\s<>"]+)/;

const locale = navigator.language;
const texts = textsFor(locale);
const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
/** Ids of the mails that are shown. */
const shown = new Set();

/** Text whose addresses can be followed; what it says stays text, whatever it looks like. */
function linked(text) {
  return text
    .split(ADDRESS)
    .map((part, index) =>
      index % 2 === 0 ? part : h('a', { href: part, target: '_blank', rel: 'noopener noreferrer' }, part),
    );
}

function drawMail({ id, to, subject, text, sentAt }) {
  return h(
    'article.mail',
    { tabindex: 0, 'aria-labelledby': `subject-${id}` },
    h('h2', { id: `subject-${id}` }, subject),
    h('p.addressee', {}, `${texts.mailTo(to)} · `, h('time', { datetime: sentAt }, when.format(new Date(sentAt)))),
    h('p.text', {}, ...linked(text.trim())),
  );
}

/** Adds what is new at the top, and leaves the rest alone: somebody may be reading or selecting it. */
function show(mails) {
  const known = new Set(mails.map(({ id }) => id));
  for (const id of shown) if (!known.has(id)) remove(id);
  for (const mail of mails.toReversed()) {
    if (shown.has(mail.id)) continue;
    shown.add(mail.id);
    byId('mails').prepend(drawMail(mail));
  }
  byId('empty').hidden = mails.length > 0;
}

function remove(id) {
  shown.delete(id);
  byId(`subject-${id}`).closest('article').remove();
}

async function refresh() {
  try {
    show(await get('mails'));
    byId('notice').textContent = '';
  } catch {
    // The local Discord is stopped or starts again; the next time may work.
    byId('notice').textContent = texts.lost;
  }
  setTimeout(refresh, REFRESH_MS);
}

document.documentElement.lang = locale;
document.title = texts.mailbox;
byId('title').textContent = texts.mailbox;
byId('back').setAttribute('aria-label', texts.backToDiscord);
byId('empty').textContent = texts.emptyMailbox;
byId('mails').setAttribute('aria-label', texts.mailbox);
await refresh();
