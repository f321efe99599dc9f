import { cssColor, h } from './dom.js';
import { renderEmbed, renderRow } from './message-parts.js';
import { renderMarkdown } from './markdown.js';

const EPHEMERAL = 64;
const LOADING = 128;
/** Messages of one author this close together share one heading. */
const GROUP_MS = 7 * 60_000;
const QUICK_REACTIONS = ['👍', '❤️', '😂', '🎉'];

const dayOf = (message) => new Date(message.timestamp).toDateString();

export const isSameDay = (left, right) => dayOf(left) === dayOf(right);

/** Whether `message` continues what `previous` began. */
export function continuesGroup(previous, message) {
  return (
    previous !== undefined &&
    previous.author.id === message.author.id &&
    !message.message_reference &&
    !message.interaction &&
    isSameDay(previous, message) &&
    Date.parse(message.timestamp) - Date.parse(previous.timestamp) < GROUP_MS
  );
}

/** The line between two days. */
export function renderDay(message, locale) {
  const day = new Date(message.timestamp).toLocaleDateString(locale, { dateStyle: 'long' });
  return h('p.day', {}, h('span', {}, day));
}

/**
 * One message as the person sees it.
 * @param {object} message Discord's message object
 * @param {object} view texts, names, locale, member(id) and what the buttons do
 * @param {boolean} isContinued whether it goes below the heading of the message before
 */
export function renderMessage(message, view, isContinued) {
  const author = view.member(message.author.id);
  const name = author?.name ?? message.author.global_name ?? message.author.username;
  const isEphemeral = (message.flags & EPHEMERAL) !== 0;
  const mentionsMe = message.mentions.some((user) => user.id === view.meId) || message.mention_everyone;
  const marks = [isContinued && '.continued', isEphemeral && '.ephemeral', mentionsMe && '.mentions-me'].filter(
    Boolean,
  );
  return h(
    `article.message${marks.join('')}`,
    { 'data-id': message.id, 'aria-label': `${name}: ${message.content}` },
    renderOrigin(message, view),
    !isContinued &&
      h('img.avatar', { src: author?.avatarUrl ?? fallbackAvatar(message.author), alt: '', width: 40, height: 40 }),
    !isContinued && renderHeading(message, view, { name, color: author?.color }),
    renderContent(message, view),
    ...message.embeds.map((embed) => renderEmbed(embed, view)),
    ...message.components.map((row) => renderRow(row, message, view)),
    message.reactions?.length > 0 && renderReactions(message, view),
    isEphemeral ? renderOnlyYou(message, view) : renderTools(message, view),
  );
}

/** Somebody who left is no member any more, but keeps their face. */
function fallbackAvatar({ id, avatar }) {
  return avatar ? `/avatars/${id}/${avatar}.png` : `/embed/avatars/${(BigInt(id) >> 22n) % 6n}.png`;
}

function renderHeading(message, { texts, locale }, { name, color }) {
  const when = new Date(message.timestamp);
  const isToday = when.toDateString() === new Date().toDateString();
  const shown = when.toLocaleString(
    locale,
    isToday ? { timeStyle: 'short' } : { dateStyle: 'short', timeStyle: 'short' },
  );
  const author = h('b', {}, name);
  author.style.color = cssColor(color);
  const time = h('time', { datetime: message.timestamp, title: when.toLocaleString(locale) }, shown);
  return h('div.heading', {}, author, message.author.bot && h('span.app', {}, texts.app), time);
}

/** The line above a message: what it replies to, or which command it answers. */
function renderOrigin(message, { texts, member, names }) {
  const nameOf = (user) => member(user.id)?.name ?? user.global_name ?? user.username;
  if (message.interaction) {
    return h(
      'p.origin',
      {},
      `${nameOf(message.interaction.user)} ${texts.used} `,
      h('code', {}, `/${message.interaction.name}`),
    );
  }
  if (!message.message_reference) return null;
  const original = message.referenced_message;
  if (!original) return h('p.origin', {}, texts.deleted);
  const author = h('b', {}, nameOf(original.author));
  author.style.color = cssColor(member(original.author.id)?.color);
  return h('p.origin', {}, author, ' ', ...renderMarkdown(original.content.replaceAll('\n', ' '), names));
}

function renderContent(message, { texts, names }) {
  if (message.flags & LOADING)
    return h('p.content.thinking', {}, h('span.dots', { 'aria-hidden': 'true' }), texts.thinking);
  const edited = message.edited_timestamp && h('small', { title: message.edited_timestamp }, ` ${texts.edited}`);
  return h('div.content', {}, ...renderMarkdown(message.content, names), edited);
}

function renderReactions(message, view) {
  return h(
    'div.reactions',
    {},
    ...message.reactions.map(({ emoji, count, me }) =>
      h(
        `button.reaction${me ? '.mine' : ''}`,
        {
          type: 'button',
          'aria-label': `${emoji.name} ${count}`,
          'aria-pressed': String(me),
          onclick: () => view.react(message, emoji.name, !me),
        },
        h('span', {}, emoji.name),
        String(count),
      ),
    ),
  );
}

function renderOnlyYou(message, { texts, dismiss }) {
  const button = h('button.text', { type: 'button', onclick: () => dismiss(message) }, texts.dismiss);
  return h('p.only-you', {}, h('span', {}, texts.onlyYou), ' • ', button);
}

/** What can be done with a message, shown while it is pointed at. */
function renderTools(message, view) {
  const { texts } = view;
  const tool = (sign, name, act) =>
    h('button', { type: 'button', 'aria-label': name, title: name, onclick: () => act() }, sign);
  const quick = QUICK_REACTIONS.map((emoji) =>
    tool(emoji, `${texts.react} ${emoji}`, () => view.react(message, emoji, true)),
  );
  const own = [tool('✎', texts.edit, () => view.edit(message)), tool('✕', texts.delete, () => view.delete(message))];
  const isMine = message.author.id === view.meId;
  return h(
    'div.tools',
    { role: 'group', 'aria-label': texts.tools },
    ...quick,
    view.canWrite && tool('↩', texts.reply, () => view.reply(message)),
    ...(isMine ? own : []),
  );
}
