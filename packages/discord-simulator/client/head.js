import { post } from './api.js';
import { byId, h } from './dom.js';
import { icon } from './icons.js';
import { HOME } from './knowledge.js';
import { openPins } from './pins.js';
import { openQuickSwitcher } from './quick-switcher.js';
import { signOf } from './channel-list.js';
import { openThreadList } from './threads.js';

/** The line above the messages: where one is, and what can be opened from there. */
export function drawHead(client) {
  const { texts, channel } = client;
  const name = byId('channel-name');
  name.textContent = channel?.name ?? (client.guildId === HOME ? texts.home : '');
  byId('channel-sign').replaceChildren(headSign(channel));
  byId('topic').textContent = channel?.topic ?? '';
  byId('topic').title = channel?.topic ?? '';
  byId('open-drawer').setAttribute('aria-label', texts.openMenu);
  byId('open-mailbox').setAttribute('aria-label', texts.mailbox);
  byId('open-mailbox').title = texts.mailbox;
  byId('toggle-members').setAttribute('aria-label', texts.toggleMembers);
  byId('toggle-members').title = texts.toggleMembers;
  byId('toggle-members').hidden = !channel || channel.kind === 'direct';
  byId('open-search').setAttribute('aria-label', `${texts.quickSwitcher} (Ctrl+K)`);
  byId('open-search').onclick = () => openQuickSwitcher(client);
  byId('head-actions').replaceChildren(...actionsFor(client, channel));
}

function headSign(channel) {
  if (!channel) return icon('people', 22);
  if (channel.kind === 'direct') return h('img', { src: channel.avatarUrl, alt: '', width: 24, height: 24 });
  return signOf(channel.kind, 22);
}

function actionsFor(client, channel) {
  const { texts } = client;
  if (channel?.kind === 'voice' || channel?.kind === 'stage') return [voiceAction(client, channel)];
  if (channel?.kind === 'direct') return [pinsAction(client)];
  if (channel?.kind !== 'text' && channel?.kind !== 'announcement') return [];
  const open = ({ currentTarget }) => void openThreadList(client, channel, currentTarget);
  return [
    h(
      'button.icon',
      { type: 'button', 'aria-label': texts.threads, title: texts.threads, onclick: open },
      icon('thread', 22),
    ),
    pinsAction(client),
  ];
}

function pinsAction({ texts, talk }) {
  return h(
    'button.icon',
    {
      type: 'button',
      id: 'open-pins',
      'aria-label': texts.pins,
      title: texts.pins,
      onclick: ({ currentTarget }) => void openPins(talk, currentTarget),
    },
    icon('pin', 22),
  );
}

function voiceAction({ me, texts, talk }, channel) {
  const isInside = channel.voices.some(({ id }) => id === me.id);
  const toggle = () => talk.settle(post('voice', { as: me.id, channelId: channel.id }));
  return h(
    `button.button.${isInside ? 'danger' : 'success'}`,
    { type: 'button', onclick: () => void toggle() },
    isInside ? texts.leaveVoice : texts.joinVoice,
  );
}
