import { h } from './dom.js';
import { icon } from './icons.js';

/** Types of messages that people write. @see https://docs.discord.com/developers/resources/message#message-object-message-types */
const WRITTEN = [0, 19, 20, 23];
const SIGNS = {
  6: 'pin',
  7: 'enter',
  8: 'boost',
  9: 'boost',
  10: 'boost',
  11: 'boost',
  12: 'megaphone',
  18: 'thread',
  46: 'chart',
};

/** Whether Discord itself says something in the name of somebody. */
export const isSystem = ({ type }) => !WRITTEN.includes(type);

/** A line about what happened, such as a pin, a new member or a thread. */
export function renderSystemLine(message, view, author) {
  const { texts, locale } = view;
  const when = new Date(message.timestamp);
  return h(
    'div.system',
    {},
    h('span.system-sign', { 'aria-hidden': 'true' }, icon(SIGNS[message.type] ?? 'arrow', 18)),
    h(
      'p',
      {},
      ...wordsOf(message, view, author),
      ' ',
      h(
        'time',
        { datetime: message.timestamp, title: when.toLocaleString(locale) },
        when.toLocaleString(locale, { dateStyle: 'short', timeStyle: 'short' }),
      ),
    ),
    message.type === 46 && renderPollResult(message, texts),
  );
}

function wordsOf(message, view, author) {
  const { texts } = view;
  const link = (label, act) => h('button.system-link', { type: 'button', onclick: act }, label);
  const original = message.message_reference;
  switch (message.type) {
    case 6:
      return [
        author,
        ` ${texts.pinnedA} `,
        link(texts.aMessage, () => view.jump(original?.message_id)),
        '. ',
        link(texts.seePins, () => view.openPins()),
      ];
    case 7:
      return texts.joined(message.id).flatMap((part) => (part === null ? [author] : [part]));
    case 18:
      return [
        author,
        ` ${texts.startedThread} `,
        link(message.content, () => view.openThread(original?.channel_id ?? message.id)),
      ];
    case 21:
      return [texts.threadStarter];
    case 46:
      return [author, ` ${texts.pollClosed} `, link(texts.seePoll, () => view.jump(original?.message_id))];
    case 8:
    case 9:
    case 10:
    case 11:
      return [author, ` ${texts.boosted}`];
    case 12:
      return [author, ` ${texts.followed} `, h('b', {}, message.content)];
    case 4:
      return [author, ` ${texts.renamedChannel} `, h('b', {}, message.content)];
    default:
      return [author, message.content ? ` ${message.content}` : ` ${texts.somethingHappened}`];
  }
}

function renderPollResult({ embeds: [embed] }, texts) {
  const value = (name) => embed?.fields?.find((field) => field.name === name)?.value;
  if (!embed) return null;
  const winner = value('victor_answer_text');
  const votes = Number(value('victor_answer_votes') ?? 0);
  const total = Number(value('total_votes') ?? 0);
  return h(
    'div.poll-result',
    {},
    h('b', {}, winner ?? texts.noWinner),
    h(
      'small',
      {},
      `${value('poll_question_text') ?? ''} • ${total > 0 ? Math.round((votes / total) * 100) : 0} % • ${texts.votes(total)}`,
    ),
  );
}
