import { h } from './dom.js';
import { renderEmoji } from './emoji.js';
import { icon } from './icons.js';

/** Polls whose answers one only looks at, by message. */
const looking = new Set();

/** A poll: its answers to choose from, or how many chose them. @see https://docs.discord.com/developers/resources/poll */
export function renderPoll(message, view) {
  const { poll } = message;
  const { texts } = view;
  const counts = new Map(poll.results.answer_counts.map((it) => [it.id, it]));
  const total = poll.results.answer_counts.reduce((sum, { count }) => sum + count, 0);
  const isOver = poll.results.is_finalized || Date.parse(poll.expiry) <= Date.now();
  const hasVoted = poll.results.answer_counts.some(({ me_voted: mine }) => mine);
  const state = { counts, total, showsResults: isOver || hasVoted || looking.has(message.id), isOver, hasVoted };
  return h(
    'form.poll',
    { 'aria-label': poll.question.text, onsubmit: (event) => submit(event, message, view) },
    h('h3', {}, poll.question.text),
    h('small', {}, poll.allow_multiselect ? texts.chooseSeveral : texts.chooseOne),
    ...poll.answers.map((answer) => renderAnswer(answer, message, state)),
    renderFoot(message, view, state),
  );
}

function renderAnswer({ answer_id: id, poll_media: media }, { poll, id: messageId }, { counts, total, showsResults }) {
  const words = [media.emoji && renderEmoji(media.emoji), h('span.answer-text', {}, media.text ?? '')];
  if (!showsResults) {
    const type = poll.allow_multiselect ? 'checkbox' : 'radio';
    return h('label.answer', {}, ...words, h('input', { type, name: `poll-${messageId}`, value: id }));
  }
  const { count = 0, me_voted: isMine = false } = counts.get(id) ?? {};
  const percent = total === 0 ? 0 : Math.round((count / total) * 100);
  const most = Math.max(...[...counts.values()].map((it) => it.count), 0);
  const bar = h('span.answer-bar');
  bar.style.width = `${percent}%`;
  return h(
    `div.answer.result${isMine ? '.mine' : ''}${count > 0 && count === most ? '.winner' : ''}`,
    {},
    bar,
    ...words,
    h('span.answer-count', {}, `${count}`),
    h('b', {}, `${percent} %`),
    isMine && icon('check', 18),
  );
}

function renderFoot(message, view, { total, isOver, hasVoted, showsResults }) {
  const { texts } = view;
  const text = (label, act) => h('button.text', { type: 'button', onclick: act }, label);
  const toggle = () => {
    if (!looking.delete(message.id)) looking.add(message.id);
    view.redraw(message);
  };
  const buttons = isOver
    ? []
    : hasVoted
      ? [text(texts.removeVote, () => view.vote(message, []))]
      : [
          text(showsResults ? texts.backToVote : texts.showResults, toggle),
          !showsResults && h('button.button.primary', { type: 'submit' }, texts.vote),
        ];
  const remaining = isOver ? texts.pollOver : texts.pollLeft(timeLeft(message.poll.expiry, view.locale));
  return h('div.poll-foot', {}, h('span', {}, `${texts.votes(total)} • ${remaining}`), ...buttons);
}

/** The largest unit says enough. */
function timeLeft(expiry, locale) {
  const hours = (Date.parse(expiry) - Date.now()) / 3_600_000;
  const [unit, amount] = hours >= 48 ? ['day', hours / 24] : hours >= 1 ? ['hour', hours] : ['minute', hours * 60];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(
    Math.max(1, Math.round(amount)),
  );
}

function submit(event, message, view) {
  event.preventDefault();
  const chosen = [...event.currentTarget.querySelectorAll(':checked')].map(({ value }) => Number(value));
  if (chosen.length > 0) view.vote(message, chosen);
}

/** The poll after somebody voted or took a vote back. */
export function withVote(poll, { answer_id: id, isMe, isAdded }) {
  const { results } = poll;
  const known = results.answer_counts.find((it) => it.id === id) ?? { id, count: 0, me_voted: false };
  const changed = { ...known, count: known.count + (isAdded ? 1 : -1), me_voted: isMe ? isAdded : known.me_voted };
  const others = results.answer_counts.filter((it) => it.id !== id);
  return { ...poll, results: { ...results, answer_counts: [...others, changed].filter(({ count }) => count > 0) } };
}

/** An update does not say what this person voted: that is known from before. */
export function keepOwnVotes(poll, before) {
  const mine = new Set(before?.results.answer_counts.filter((it) => it.me_voted).map(({ id }) => id));
  const answer_counts = poll.results.answer_counts.map((it) => ({ ...it, me_voted: it.me_voted || mine.has(it.id) }));
  return { ...poll, results: { ...poll.results, answer_counts } };
}
