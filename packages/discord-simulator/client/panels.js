import { byId, cssColor, h } from './dom.js';

const CHANNEL_SIGNS = { voice: '🔊', private: '🔒', direct: '@' };

/** Guilds as round icons: the one at hand is marked, unread ones carry a dot. */
export function drawRail({ guilds, guildId, unread, texts }, open) {
  const button = (guild) => {
    const isUnread = guild.channels.some((channel) => unread.has(channel.id));
    return h(
      `button.guild${isUnread ? '.unread' : ''}`,
      {
        type: 'button',
        title: guild.name,
        'aria-label': guild.name,
        'aria-current': guild.id === guildId && 'true',
        onclick: () => open(guild),
      },
      h('img', { src: guild.iconUrl, alt: '', width: 48, height: 48 }),
    );
  };
  byId('rail').setAttribute('aria-label', texts.guilds);
  byId('rail').replaceChildren(...guilds.map(button));
}

/** Channels under their categories; what is unread is bold. */
export function drawChannels({ guild, channelId, unread, texts }, open) {
  byId('guild-name').textContent = guild?.name ?? texts.title;
  byId('channels').setAttribute('aria-label', texts.channels);
  if (!guild) return byId('channels').replaceChildren(h('p.empty', {}, texts.emptyGuilds));
  const button = (channel) =>
    h(
      `button.channel${unread.has(channel.id) ? '.unread' : ''}`,
      { type: 'button', 'aria-current': channel.id === channelId && 'true', onclick: () => open(channel) },
      h('span.sign', { 'aria-hidden': 'true' }, CHANNEL_SIGNS[channel.kind] ?? '#'),
      h('span.name', {}, channel.name),
    );
  const isCategory = (channel) => channel.kind === 'category';
  const within = (parentId) =>
    guild.channels.filter((it) => !isCategory(it) && (it.parentId ?? null) === parentId).map(button);
  const categories = guild.channels.filter(isCategory).map((category) => ({ category, buttons: within(category.id) }));
  return byId('channels').replaceChildren(
    ...within(null),
    ...categories
      .filter(({ buttons }) => buttons.length > 0)
      .flatMap(({ category, buttons }) => [h('h3', {}, category.name), ...buttons]),
  );
}

/** Members by their highest displayed role, then everybody online, then the rest. */
export function drawMembers({ guild, texts }) {
  const panel = byId('members');
  panel.setAttribute('aria-label', texts.members);
  if (!guild) return panel.replaceChildren();
  const inOrder = guild.members.toSorted((left, right) => left.name.localeCompare(right.name));
  const online = inOrder.filter((member) => member.status !== 'offline');
  const hoisted = guild.roles.filter((role) => role.isHoisted).sort((left, right) => right.position - left.position);
  const groups = [
    ...hoisted.map((role) => ({ name: role.name, members: online.filter((it) => it.groupId === role.id) })),
    { name: texts.online, members: online.filter((it) => it.groupId === null) },
    { name: texts.offline, members: inOrder.filter((it) => it.status === 'offline') },
  ];
  return panel.replaceChildren(
    ...groups
      .filter(({ members }) => members.length > 0)
      .flatMap(({ name, members }) => [
        h('h2', {}, `${name} — ${members.length}`),
        h(
          'ul',
          { 'aria-label': name },
          ...members.map((member) => drawMember(member, { ownerId: guild.ownerId, texts })),
        ),
      ]),
  );
}

function drawMember(member, { ownerId, texts }) {
  const name = h('b', {}, member.name);
  name.style.color = cssColor(member.color);
  const activity = member.activity && texts.activities[member.activity.type]?.(member.activity.name);
  return h(
    `li.member.${member.status}`,
    { title: texts.statuses[member.status] },
    h(
      'span.face',
      {},
      h('img', { src: member.avatarUrl, alt: texts.statuses[member.status], width: 32, height: 32, loading: 'lazy' }),
    ),
    h(
      'span.who',
      {},
      name,
      member.id === ownerId && h('span.crown', { title: texts.ranks.owner }, ' 👑'),
      activity && h('small', {}, activity),
    ),
    member.isBot && h('span.app', {}, texts.app),
  );
}

/** The person one is, and the way to be another. */
export function drawMe({ me, texts }, change) {
  byId('me').replaceChildren(
    h(
      'button.me',
      {
        type: 'button',
        title: texts.switchPerson,
        onclick: change,
      },
      h('img', { src: me.avatarUrl, alt: '', width: 36, height: 36 }),
      h('span', {}, h('b', {}, me.name), h('small', {}, me.username)),
      h('span', { 'aria-hidden': 'true' }, '⇄'),
      h('span.spoken', {}, `– ${texts.switchPerson}`),
    ),
  );
}
