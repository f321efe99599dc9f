import { get, isPane, post, recentPeople } from './api.js';
import { beside } from './beside.js';
import { byId, h } from './dom.js';
import { icon } from './icons.js';
import { closePopover, openPopover } from './popover.js';
import { changeTheme, isLight } from './theme.js';

/** The person one is, where they talk, and the way to be another. */
export function drawUserPanel(client) {
  const { me, texts } = client;
  const focused = byId('me').contains(document.activeElement) && document.activeElement.className;
  byId('me').replaceChildren(
    ...drawVoice(client),
    h(
      'div.me-row',
      {},
      h(
        `button.me.${me.status}`,
        { type: 'button', title: texts.switchPerson, onclick: () => client.choosePerson() },
        h('span.face', {}, h('img', { src: me.avatarUrl, alt: '', width: 32, height: 32 })),
        h('span.who', {}, h('b', {}, me.name), h('small', {}, texts.ownStatuses[me.status])),
        h('span.spoken', {}, `– ${texts.switchPerson}`),
        icon('swap', 18),
      ),
      h(
        'button.icon',
        {
          type: 'button',
          'aria-label': texts.statusAndMore,
          title: texts.statusAndMore,
          'aria-haspopup': 'true',
          onclick: ({ currentTarget }) => void openMenu(client, currentTarget),
        },
        icon('gear'),
      ),
    ),
  );
  if (focused)
    byId('me')
      .querySelector(`.${focused.split(' ')[0]}`)
      ?.focus();
}

/** Where this person is in voice, and the way out of it. */
function drawVoice({ known, me, texts, talk }) {
  const channel = known.channels.find(({ voices }) => voices?.some(({ id }) => id === me.id));
  if (!channel) return [];
  const leave = () => talk.settle(post('voice', { as: me.id, channelId: channel.id }));
  return [
    h(
      'div.voice-panel',
      {},
      h(
        'span.who',
        {},
        h('b', {}, texts.voiceConnected),
        h('small', {}, `${channel.name} / ${known.guild(channel.guildId)?.name ?? ''}`),
      ),
      h(
        'button.icon',
        { type: 'button', 'aria-label': texts.leaveVoice, title: texts.leaveVoice, onclick: () => void leave() },
        icon('hangUp'),
      ),
    ),
  ];
}

async function openMenu(client, anchor) {
  const { me, texts } = client;
  const others = recentPeople().filter((id) => id !== me.id);
  const recent = others.length > 0 ? await get('beginning', { ids: others.join(',') }) : [];
  const item = (sign, text, act) =>
    h(
      'button.menu-item',
      {
        type: 'button',
        onclick: () => {
          closePopover();
          void act();
        },
      },
      sign,
      h('span', {}, text),
    );
  const status = (name) =>
    item(
      h(`span.dot.${name}`),
      h('span', {}, texts.ownStatuses[name], name === me.status && h('span.spoken', {}, ' ✓')),
      () => setStatus(client, name),
    );
  const person = (other) =>
    item(h('img', { src: other.avatarUrl, alt: '', width: 20, height: 20 }), other.name, () => client.become(other));
  const content = h(
    'div.menu-items',
    {},
    h('h3', {}, texts.setStatus),
    ...['online', 'idle', 'dnd', 'offline'].map(status),
    h('hr'),
    ...(others.length > 0 && recent.length > 0 ? [h('h3', {}, texts.recentPeople), ...recent.map(person)] : []),
    item(icon('swap'), texts.switchPerson, () => client.choosePerson()),
    !isPane() &&
      item(icon('beside'), texts.sideBySide, () => client.choosePerson((person) => beside(me.id, person.id))),
    h('hr'),
    item(icon('moon'), isLight() ? texts.darkTheme : texts.lightTheme, changeTheme),
  );
  openPopover(anchor, { name: texts.statusAndMore, side: 'above', content });
}

async function setStatus(client, status) {
  const isSet = await client.talk.settle(post('presence', { as: client.me.id, status }));
  if (!isSet) return;
  // Who is in no guild is not told of their own presence.
  client.me.status = status;
  drawUserPanel(client);
}
