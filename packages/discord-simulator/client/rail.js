import { byId, h } from './dom.js';
import { icon } from './icons.js';
import { HOME } from './knowledge.js';

/** Guilds as round icons: a pill marks what is unread and what is open, a badge counts mentions. */
export function drawRail(client) {
  const { known, texts, reads } = client;
  const rail = byId('rail');
  const focused = document.activeElement?.closest('#rail [data-id]')?.dataset.id;
  const news = known.direct.filter((channel) => reads.isUnread(channel));
  rail.setAttribute('aria-label', texts.guilds);
  rail.replaceChildren(
    drawEntry(client, {
      id: HOME,
      name: texts.directMessages,
      face: h('span.home-face', {}, icon('bubble', 28)),
      open: () => client.openGuild(HOME),
    }),
    ...news.map((channel) =>
      drawEntry(client, {
        id: channel.id,
        name: channel.name,
        face: h('img', { src: channel.avatarUrl, alt: '', width: 48, height: 48 }),
        open: () => client.openChannel(channel),
        channels: [channel],
      }),
    ),
    h('hr'),
    ...known.guilds.map((guild) =>
      drawEntry(client, {
        id: guild.id,
        name: guild.name,
        face: guild.iconUrl
          ? h('img', { src: guild.iconUrl, alt: '', width: 48, height: 48 })
          : h('span.acronym', { 'data-acronym': acronymOf(guild.name) }),
        open: () => client.openGuild(guild.id),
        channels: guild.channels,
      }),
    ),
  );
  rail.querySelector(`[data-id="${focused}"]`)?.focus();
}

/** Whether news in a channel concern a person: in threads they do for those who are in them. */
export const concerns = ({ thread }) => !thread || thread.isJoined;

function drawEntry({ guildId, reads, texts }, { id, name, face, open, channels = [] }) {
  const isUnread = channels.some((channel) => concerns(channel) && reads.isUnread(channel));
  const mentions = channels.reduce((sum, channel) => sum + reads.mentions(channel), 0);
  const notes = [mentions > 0 ? texts.mentionCount(mentions) : isUnread && texts.unread].filter(Boolean);
  return h(
    `button.guild${isUnread ? '.unread' : ''}`,
    {
      type: 'button',
      title: name,
      'data-id': id,
      'aria-label': [name, ...notes].join(', '),
      'aria-current': id === guildId && 'true',
      onclick: open,
    },
    face,
    mentions > 0 && h('span.badge', {}, String(Math.min(mentions, 99))),
  );
}

function acronymOf(name) {
  return name
    .split(/\s+/)
    .map((word) => [...word][0] ?? '')
    .slice(0, 4)
    .join('');
}
