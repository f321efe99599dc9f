import { cssColor, h } from './dom.js';
import { icon } from './icons.js';
import { renderLine } from './markdown.js';

const IS_CROSSPOST = 2;
const HAS_SNAPSHOT = 1;
/** Kinds of commands by where they are chosen. */
const COMMAND = { chat: 1 };

/** Above what somebody wrote: who, and when. */
export function renderHeading(message, { texts, locale }, author) {
  const when = new Date(message.timestamp);
  const isToday = when.toDateString() === new Date().toDateString();
  const shown = when.toLocaleString(
    locale,
    isToday ? { timeStyle: 'short' } : { dateStyle: 'short', timeStyle: 'short' },
  );
  const isApp = message.author.bot || message.webhook_id;
  return h(
    'div.heading',
    {},
    author,
    isApp && h('span.app', {}, message.flags & IS_CROSSPOST ? texts.server : texts.app),
    h(
      'time',
      { datetime: message.timestamp, title: when.toLocaleString(locale, { dateStyle: 'full', timeStyle: 'short' }) },
      shown,
    ),
    message.flags & 4_096 ? h('span.silent', { title: texts.silent }, icon('muted', 14)) : null,
  );
}

/** The line above a message: what it replies to, or which command it answers. */
export function renderOrigin(message, view) {
  const { texts, member } = view;
  const nameOf = (user) => member(user.id)?.name ?? user.global_name ?? user.username;
  const nameNode = (user) => {
    const node = h('b', {}, nameOf(user));
    node.style.color = cssColor(member(user.id)?.color);
    return node;
  };
  if (message.interaction) {
    const { user, name } = message.interaction;
    const isChat = (message.interaction_metadata?.command_type ?? COMMAND.chat) === COMMAND.chat;
    return h('p.origin', {}, nameNode(user), ` ${texts.used} `, h('span.mention', {}, `${isChat ? '/' : ''}${name}`));
  }
  if (!message.message_reference || message.message_reference.type === HAS_SNAPSHOT) return null;
  if (message.flags & IS_CROSSPOST) return null;
  const original = message.referenced_message;
  if (!original) return h('p.origin', {}, h('i', {}, texts.deleted));
  const jump = h(
    'button.origin-text',
    { type: 'button', title: texts.jumpTo, onclick: () => view.jump(original.id) },
    ...previewOf(original, view),
  );
  return h('p.origin', {}, nameNode(original.author), ' ', jump);
}

/** A message in one line. */
function previewOf({ content, attachments, sticker_items: stickers }, { texts, names }) {
  // A button holds no other buttons: what is mentioned is only named here.
  if (content !== '') return renderLine(content, names).map((node) => node.textContent ?? node);
  if (stickers?.length > 0) return [h('i', {}, texts.sticker)];
  return [h('i', {}, attachments?.length > 0 ? texts.attachment : texts.pressToSee)];
}
