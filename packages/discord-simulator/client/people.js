import { byId, h } from './dom.js';
import { openDialog } from './forms.js';

/** The list of everybody one can be, with a search; Enter takes the first one found. */
export function choosePerson({ people, texts, me }, choose) {
  const take = (person) => {
    byId('dialog').close();
    void choose(person);
  };
  const search = h('input', { type: 'search', placeholder: texts.searchPeople, 'aria-label': texts.searchPeople });
  const list = h('div.people');
  const draw = () => {
    const wanted = searchable(search.value.trim());
    const found = people.filter((person) =>
      searchable(`${person.name} ${person.username} ${guildNames(person, texts)}`).includes(wanted),
    );
    list.replaceChildren(...found.map((person) => drawPerson(person, { texts, isMe: person.id === me.id, take })));
    if (found.length === 0) list.replaceChildren(h('p.empty', {}, texts.nobody));
  };
  search.addEventListener('input', draw);
  draw();
  const submit = (event) => {
    event.preventDefault();
    list.querySelector('button')?.click();
  };
  const close = h('button.button.secondary', { type: 'button', onclick: () => byId('dialog').close() }, texts.cancel);
  openDialog(
    texts.switchPerson,
    h(
      'form',
      { method: 'dialog', onsubmit: submit },
      h('h2', {}, texts.switchPerson),
      search,
      list,
      h('div.actions', {}, close),
    ),
  );
}

function drawPerson(person, { texts, isMe, take }) {
  return h(
    'button.person',
    { type: 'button', 'aria-current': isMe, onclick: () => take(person) },
    h('img', { src: person.avatarUrl, alt: '', width: 36, height: 36, loading: 'lazy' }),
    h('span', {}, h('b', {}, person.name), h('small', {}, `${person.username} · ${guildNames(person, texts)}`)),
    h('span.locale', {}, person.locale),
  );
}

function guildNames({ guilds }, texts) {
  const withRank = ({ name, rank }) => (rank === 'member' ? name : `${name} (${texts.ranks[rank]})`);
  return guilds.map(withRank).join(', ') || texts.noGuild;
}

/** Without accents and capitals: "helene" finds "Hélène". */
function searchable(text) {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
