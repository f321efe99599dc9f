import { get } from './api.js';
import { h } from './dom.js';
import { icon } from './icons.js';
import { textsFor } from './texts.js';

/** Opens two people side by side. */
export function beside(as, other) {
  location.assign(`/?${new URLSearchParams({ as, beside: other })}`);
}

/** Two whole clients in one page, each acting as somebody; on a narrow screen one at a time, with tabs. */
export async function showSideBySide(query) {
  const ids = { as: query.get('as'), beside: query.get('beside') };
  const texts = textsFor(navigator.language);
  const people = await Promise.all(
    Object.values(ids).map(async (id) => (await get('beginning', { ids: id ?? '' }))[0]),
  );
  document.title = texts.sideBySide;
  const sides = Object.keys(ids).map((name, index) => drawSide({ name, person: people[index], index, texts, ids }));
  const tabs = h('nav.tabs', { 'aria-label': texts.sideBySide }, ...sides.map(({ tab }) => tab));
  document.body.className = 'side-by-side';
  document.body.replaceChildren(tabs, h('main.sides', {}, ...sides.map(({ section }) => section)));
  const show = (chosen) => {
    sides.forEach(({ section, tab }, index) => {
      section.classList.toggle('is-shown', index === chosen);
      tab.setAttribute('aria-pressed', String(index === chosen));
    });
  };
  sides.forEach(({ tab }, index) => tab.addEventListener('click', () => show(index)));
  show(0);
  addEventListener('message', ({ source, origin, data }) => {
    const side = sides.find(({ frame }) => frame.contentWindow === source);
    if (side && origin === location.origin && data.person) side.become(data.person);
  });
}

function drawSide({ name, person, index, texts, ids }) {
  const address = new URLSearchParams({ as: person.id, pane: index + 1 });
  const frame = h('iframe', { src: `/?${address}`, title: texts.actingAs(person.name) });
  const title = h('span', {}, texts.actingAs(person.name));
  const tab = h('button', { type: 'button' }, person.name);
  const close = h('button.icon', { type: 'button' }, icon('close', 16));
  const section = h('section.side', {}, h('div.side-head', {}, title, close), frame);
  const become = ({ id, name: fullName }) => {
    ids[name] = id;
    title.textContent = frame.title = texts.actingAs(fullName);
    tab.textContent = fullName;
    close.setAttribute('aria-label', texts.endBeside(fullName));
    close.title = texts.endBeside(fullName);
    history.replaceState(null, '', `/?${new URLSearchParams(ids)}`);
  };
  become(person);
  const remaining = name === 'as' ? 'beside' : 'as';
  close.addEventListener('click', () => location.assign(`/?${new URLSearchParams({ as: ids[remaining] })}`));
  return { section, tab, frame, become };
}
