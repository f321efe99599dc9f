import { renderAttachments } from './attachments.js';
import { renderComponents } from './components.js';
import { cssColor, h } from './dom.js';
import { renderEmbed } from './embeds.js';
import { emojiKey, isOnlyEmojis, renderEmoji } from './emoji.js';
import { icon } from './icons.js';
import { renderMarkdown } from './markdown.js';
import { renderHeading, renderOrigin } from './message-heading.js';
import { openPersonMenu, pointOf } from './message-menu.js';
import { localUrl } from './media.js';
import { renderPoll } from './polls.js';
import { isSystem, renderSystemLine } from './system-messages.js';

const EPHEMERAL = 64;
const LOADING = 128;
const COMPONENTS_V2 = 32_768;
const CROSSPOSTED = 1;
/** Messages of one author this close together share one heading. */
const GROUP_MS = 7 * 60_000;
/** A sticker that moves by itself is described by a file no browser shows. */
const LOTTIE = 3;

export const isSameDay = (left, right) =>
  new Date(left.timestamp).toDateString() === new Date(right.timestamp).toDateString();

const isEphemeral = ({ flags }) => (flags & EPHEMERAL) !== 0;

/** Whether `message` continues what `previous` began. */
export function continuesGroup(previous, message) {
  return (
    previous !== undefined &&
    !isSystem(previous) &&
    !isSystem(message) &&
    previous.author.id === message.author.id &&
    previous.author.username === message.author.username &&
    isEphemeral(previous) === isEphemeral(message) &&
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
  const author = authorOf(message, view);
  const isMention = message.mentions.some((user) => user.id === view.meId) || message.mention_everyone;
  const marks = [
    isContinued && '.continued',
    isEphemeral(message) && '.ephemeral',
    isMention && '.mentions-me',
    isSystem(message) && '.is-system',
  ].filter(Boolean);
  const properties = { 'data-id': message.id, tabindex: -1, 'aria-label': `${author.name}: ${message.content}` };
  const article = (...children) => h(`article.message${marks.join('')}`, properties, ...children);
  if (isSystem(message))
    return article(
      renderSystemLine(message, view, authorButton(message, view, author)),
      renderReactions(message, view),
      renderStartedThread(message, view),
    );
  return article(
    renderOrigin(message, view),
    !isContinued && renderAvatar(message, view, author),
    !isContinued && renderHeading(message, view, authorButton(message, view, author)),
    isContinued && renderQuietTime(message, view),
    ...renderBody(message, view),
    renderReactions(message, view),
    renderStartedThread(message, view),
    isEphemeral(message) && !view.isPreview && renderOnlyYou(message, view),
  );
}

/** Who wrote: a webhook says itself what it is called. */
function authorOf({ author, webhook_id: webhookId, interaction }, { member }) {
  const known = webhookId && !interaction ? undefined : member(author.id);
  return {
    name: known?.name ?? author.global_name ?? author.username,
    color: known?.color,
    avatarUrl: known?.avatarUrl ?? avatarOf(author),
  };
}

/** Somebody who left is no member any more, but keeps their face. */
function avatarOf({ id, avatar }) {
  return avatar ? `/avatars/${id}/${avatar}.png` : `/embed/avatars/${(BigInt(id) >> 22n) % 6n}.png`;
}

function authorButton(message, view, { name, color }) {
  const label = h('b', {}, name);
  label.style.color = cssColor(color);
  return h('button.author', { type: 'button', ...personDeeds(message, view) }, label);
}

function renderAvatar(message, view, { avatarUrl }) {
  const face = h('img', { src: avatarUrl, alt: '', width: 40, height: 40 });
  return h(
    'button.avatar',
    { type: 'button', tabindex: -1, 'aria-hidden': 'true', ...personDeeds(message, view) },
    face,
  );
}

/** A click opens the card of the author, a right click their menu. Webhooks are nobody. */
function personDeeds({ author, webhook_id: webhookId, interaction }, view) {
  if (webhookId && !interaction) return {};
  return {
    onclick: ({ currentTarget }) => view.openPerson(author.id, currentTarget),
    oncontextmenu: (event) => {
      event.preventDefault();
      event.stopPropagation();
      openPersonMenu(pointOf(event, event.currentTarget), author.id, { view, node: event.currentTarget });
    },
  };
}

function renderQuietTime({ timestamp }, { locale }) {
  const shown = new Date(timestamp).toLocaleTimeString(locale, { timeStyle: 'short' });
  return h('time.quiet-time', { datetime: timestamp, 'aria-hidden': 'true' }, shown);
}

function renderBody(message, view) {
  return [
    renderContent(message, view),
    ...renderForwarded(message, view),
    ...renderAttachments(message.attachments, view),
    ...message.embeds.map((embed) => renderEmbed(embed, view)),
    ...(message.sticker_items ?? []).map(renderSticker),
    message.poll && renderPoll(message, view),
    renderComponents(message, view),
  ];
}

function renderContent(message, view) {
  const { texts, names, locale } = view;
  if (message.flags & LOADING)
    return h('p.content.thinking', {}, h('span.dots', { 'aria-hidden': 'true' }), texts.thinking);
  const edited = message.edited_timestamp && renderEdited(message.edited_timestamp, texts, locale);
  if (message.content === '' && !edited) return null;
  if (message.flags & COMPONENTS_V2) return edited && h('div.content', {}, edited);
  const size = isOnlyEmojis(message.content) ? '.big-emojis' : '';
  return h(`div.content${size}`, {}, ...renderMarkdown(message.content, names), edited);
}

function renderEdited(timestamp, texts, locale) {
  const when = new Date(timestamp).toLocaleString(locale, { dateStyle: 'full', timeStyle: 'short' });
  return h('small.edited', { title: when }, ` ${texts.edited}`);
}

/** What was said elsewhere and brought here. @see https://docs.discord.com/developers/resources/message#message-snapshot-object */
function renderForwarded(message, view) {
  const isFollowed = (message.flags & CROSSPOSTED) !== 0;
  const published = isFollowed && h('p.published', {}, icon('megaphone', 14), view.texts.published);
  const snapshots = (message.message_snapshots ?? []).map(({ message: snapshot }) =>
    h(
      'div.forwarded',
      {},
      h('p.forwarded-mark', {}, icon('forward', 16), view.texts.forwarded),
      ...renderBody(
        { id: message.id, embeds: [], attachments: [], ...snapshot, components: [], edited_timestamp: null },
        view,
      ),
    ),
  );
  return [...snapshots, published];
}

function renderSticker({ id, name, format_type: format }) {
  const src = localUrl(`/stickers/${id}.png`);
  return format === LOTTIE
    ? h('span.sticker', { role: 'img', 'aria-label': name }, name)
    : h('img.sticker', { src, alt: name, title: name, width: 160, height: 160 });
}

function renderReactions(message, view) {
  if (!message.reactions?.length || view.isPreview) return null;
  const draw = ({ emoji, count, me }) =>
    h(
      `button.reaction${me ? '.mine' : ''}`,
      {
        type: 'button',
        'aria-label': `${emoji.name} ${count}`,
        'aria-pressed': String(me),
        onclick: () => view.react(message, emojiKey(emoji), !me),
      },
      renderEmoji(emoji),
      h('span.reaction-count', {}, String(count)),
    );
  const more =
    view.canReact &&
    h(
      'button.reaction.add-reaction',
      {
        type: 'button',
        'aria-label': view.texts.addReaction,
        title: view.texts.addReaction,
        onclick: ({ currentTarget }) => view.pickReaction(message, currentTarget),
      },
      icon('smile', 16),
    );
  return h('div.reactions', {}, ...message.reactions.map(draw), more);
}

/** The thread that was started from a message. */
function renderStartedThread({ thread }, { texts, openThread }) {
  if (!thread) return null;
  return h(
    'button.started-thread',
    { type: 'button', onclick: () => openThread(thread.id) },
    h('b', {}, thread.name),
    h('small', {}, texts.messageCount(thread.message_count)),
  );
}

function renderOnlyYou(message, { texts, dismiss }) {
  const button = h('button.text', { type: 'button', onclick: () => dismiss(message) }, texts.dismissMessage);
  return h('p.only-you', {}, icon('eye', 14), h('span', {}, texts.onlyYou), ' • ', button);
}
