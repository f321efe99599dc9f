import { byId, h } from './dom.js';
import { openDialog } from './forms.js';
import { signOf } from './channel-list.js';

const SHOWN = 12;

/** A field that goes anywhere: channels of all guilds, threads and conversations, by part of their name. */
export function openQuickSwitcher(client) {
  const { texts } = client;
  const places = placesOf(client);
  const field = h('input', {
    type: 'search',
    placeholder: texts.quickHint,
    'aria-label': texts.quickHint,
    role: 'combobox',
    'aria-expanded': 'true',
    'aria-controls': 'places',
  });
  const list = h('div.places', { role: 'listbox', id: 'places', 'aria-label': texts.channels });
  let index = 0;
  let found = [];
  const go = (place) => {
    byId('dialog').close();
    void place.open();
  };
  const draw = () => {
    const wanted = plain(field.value.trim());
    found = places.filter(({ name }) => plain(name).includes(wanted)).slice(0, SHOWN);
    index = Math.min(index, Math.max(0, found.length - 1));
    list.replaceChildren(...found.map((place, at) => drawPlace(place, { at, isChosen: at === index, go })));
    if (found.length === 0) list.replaceChildren(h('p.empty', { role: 'option' }, texts.noneFound));
    field.setAttribute('aria-activedescendant', `place-${index}`);
  };
  field.addEventListener('input', () => {
    index = 0;
    draw();
  });
  field.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || found.length === 0) return;
    event.preventDefault();
    index = (index + step + found.length) % found.length;
    draw();
  });
  const submit = (event) => {
    event.preventDefault();
    if (found[index]) go(found[index]);
  };
  draw();
  openDialog(texts.quickSwitcher, h('form.quick', { method: 'dialog', onsubmit: submit }, field, list));
}

/** Unread places first, then those where something was said last. */
function placesOf(client) {
  const { known, reads } = client;
  const channels = known.channels
    .filter(({ kind }) => kind !== 'category')
    .map((channel) => ({
      name: channel.name,
      sign:
        channel.kind === 'direct'
          ? h('img', { src: channel.avatarUrl, alt: '', width: 20, height: 20 })
          : signOf(channel.kind, 20),
      where: known.guild(channel.guildId)?.name ?? '',
      isUnread: reads.isUnread(channel),
      at: BigInt(channel.lastMessageId ?? 0),
      open: () => client.openChannel(channel),
    }))
    .toSorted((left, right) => Number(right.isUnread) - Number(left.isUnread) || Number(right.at - left.at));
  const guilds = known.guilds.map((guild) => ({
    name: guild.name,
    sign: guild.iconUrl && h('img', { src: guild.iconUrl, alt: '', width: 20, height: 20 }),
    where: '',
    open: () => client.openGuild(guild.id),
  }));
  return [...channels, ...guilds];
}

function drawPlace(place, { at, isChosen, go }) {
  return h(
    `div.place${place.isUnread ? '.unread' : ''}`,
    {
      role: 'option',
      id: `place-${at}`,
      'aria-selected': String(isChosen),
      onmousedown: (event) => event.preventDefault(),
      onclick: () => go(place),
    },
    place.sign,
    h('span.name', {}, place.name),
    h('small', {}, place.where),
  );
}

const plain = (text) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
