import { h } from './dom.js';
import { customEmoji } from './emoji.js';
import { EMOJIS } from './emoji-list.js';
import { closePopover, openPopover } from './popover.js';

const groups = Object.entries(EMOJIS).map(([kind, list]) => ({
  kind,
  emojis: list.split('|').map((entry) => {
    const [char, ...names] = entry.split(' ');
    return { char, names };
  }),
}));

/**
 * Asks for an emoji: one of the built-in ones, or of the guild.
 * @param {HTMLElement} anchor
 * @param {{ texts: object, emojis: object[], choose: (emoji: { name: string, id?: string, animated?: boolean }) => void }} settings
 */
export function openEmojiPicker(anchor, { texts, emojis, choose }) {
  const grid = h('div.emoji-grid');
  const search = h('input', {
    type: 'search',
    placeholder: texts.searchEmoji,
    'aria-label': texts.searchEmoji,
    autocomplete: 'off',
    oninput: () => draw(),
    onkeydown: (event) => {
      if (event.key === 'Enter') grid.querySelector('button')?.click();
      else if (event.key === 'ArrowDown') grid.querySelector('button')?.focus();
      else return;
      event.preventDefault();
    },
  });
  const pick = (emoji) => {
    closePopover();
    anchor.focus?.();
    choose(emoji);
  };
  const draw = () => {
    const wanted = search.value.trim().toLowerCase();
    const sections = [ownSection(emojis, texts), ...groups.map((group) => builtIn(group, texts))];
    const found = sections.map((section) => drawSection(section, { wanted, pick })).filter(Boolean);
    grid.replaceChildren(...(found.length > 0 ? found : [h('p.empty', {}, texts.noneFound)]));
  };
  grid.addEventListener('keydown', (event) => walk(event, grid, search));
  draw();
  const popover = openPopover(anchor, {
    name: texts.pickEmoji,
    side: 'left',
    content: h('div.emoji-picker', {}, search, grid),
  });
  search.focus();
  return popover;
}

function ownSection(emojis, texts) {
  return {
    title: texts.emojiKinds.own,
    entries: emojis.map(({ id, name, isAnimated }) => {
      const emoji = { id, name, animated: isAnimated };
      return { emoji, names: [name.toLowerCase()], draw: () => customEmoji(emoji) };
    }),
  };
}

function builtIn({ kind, emojis }, texts) {
  return {
    title: texts.emojiKinds[kind],
    entries: emojis.map(({ char, names }) => ({ emoji: { name: char }, names, draw: () => char })),
  };
}

function drawSection({ title, entries }, { wanted, pick }) {
  const found = entries.filter(({ names }) => names.some((name) => name.includes(wanted)));
  if (found.length === 0) return null;
  const draw = (entry) =>
    h(
      'button',
      {
        type: 'button',
        'aria-label': entry.names[0],
        title: `:${entry.names[0]}:`,
        onclick: () => pick(entry.emoji),
      },
      entry.draw(),
    );
  return h('section', { 'aria-label': title }, h('h3', {}, title), h('div', {}, ...found.map(draw)));
}

/** Arrow keys go from emoji to emoji, and up to the search field. */
function walk(event, grid, search) {
  const buttons = [...grid.querySelectorAll('button')];
  const index = buttons.indexOf(document.activeElement);
  const perRow = Math.max(1, Math.floor(grid.clientWidth / buttons[0].offsetWidth));
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: perRow, ArrowUp: -perRow }[event.key];
  if (!step) return;
  event.preventDefault();
  (buttons[index + step] ?? (step < 0 ? search : buttons.at(-1))).focus();
}
