import { byId, cssColor, h } from './dom.js';
import { icon } from './icons.js';
import { HOME } from './knowledge.js';
import { concerns } from './rail.js';

const SIGNS = {
  text: 'hash',
  voice: 'speaker',
  stage: 'stage',
  announcement: 'megaphone',
  forum: 'forum',
  thread: 'branch',
};
const FOLDED = 'folded-categories';

export const signOf = (kind, size) => icon(SIGNS[kind] ?? 'hash', size);

/** The channels of the open guild under their categories, or the conversations with people. */
export class ChannelList {
  folded = new Set(JSON.parse(localStorage.getItem(FOLDED) ?? '[]'));

  constructor(client) {
    this.client = client;
    this.nav = byId('channels');
    for (const id of ['channels', 'rail']) byId(id).addEventListener('keydown', (event) => walk(event, byId(id)));
  }

  draw() {
    const { client } = this;
    const { texts, guild } = client;
    const focused = document.activeElement?.closest('#channels [data-id]')?.dataset.id;
    byId('guild-name').textContent = guild?.name ?? texts.directMessages;
    this.nav.setAttribute('aria-label', texts.channels);
    this.nav.replaceChildren(...(client.guildId === HOME ? this.drawDirect() : this.drawGuild(guild)));
    this.nav.querySelector(`[data-id="${focused}"]`)?.focus();
  }

  drawGuild(guild) {
    if (!guild) return [h('p.empty', {}, this.client.texts.emptyGuilds)];
    const channels = guild.channels.toSorted((left, right) => left.position - right.position);
    const within = (parentId) => inOrder(channels.filter((it) => isPlace(it) && (it.parentId ?? null) === parentId));
    const categories = channels.filter(({ kind }) => kind === 'category');
    return [
      ...within(null).flatMap((channel) => this.drawPlace(channel)),
      ...categories.flatMap((category) => this.drawCategory(category, within(category.id))),
    ];
  }

  drawCategory(category, channels) {
    if (channels.length === 0) return [];
    const isFolded = this.folded.has(category.id);
    const shown = isFolded ? channels.filter((channel) => this.staysInSight(channel)) : channels;
    const toggle = h(
      'button.category',
      {
        type: 'button',
        'data-id': category.id,
        'aria-expanded': String(!isFolded),
        onclick: () => this.fold(category.id),
      },
      h('span', {}, category.name),
      icon('chevron', 12),
    );
    return [toggle, ...shown.flatMap((channel) => this.drawPlace(channel))];
  }

  /** Folding hides what has been read, and is remembered. */
  fold(id) {
    if (!this.folded.delete(id)) this.folded.add(id);
    localStorage.setItem(FOLDED, JSON.stringify([...this.folded]));
    this.draw();
  }

  staysInSight(channel) {
    const { channelId, reads } = this.client;
    return channel.id === channelId || reads.isUnread(channel);
  }

  /** A channel with the people who talk in it and the threads this person is in. */
  drawPlace(channel) {
    const { client } = this;
    const threads = (client.guild?.channels ?? []).filter(
      (it) => it.kind === 'thread' && it.parentId === channel.id && this.isListed(it),
    );
    return [
      this.drawChannel(channel),
      channel.voices?.length > 0 && this.drawVoices(channel),
      ...threads.map((thread) => this.drawChannel(thread)),
    ].filter(Boolean);
  }

  isListed(thread) {
    const { reads, threadPanel } = this.client;
    return concerns(thread) || thread.id === threadPanel.talk.channelId || reads.mentions(thread) > 0;
  }

  drawChannel(channel) {
    const { client } = this;
    const { reads, texts } = client;
    const isUnread = concerns(channel) && reads.isUnread(channel);
    const mentions = reads.mentions(channel);
    const isOpen = channel.id === client.channelId || channel.id === client.threadPanel.talk.channelId;
    return h(
      `button.channel${isUnread ? '.unread' : ''}${channel.kind === 'thread' ? '.is-thread' : ''}`,
      {
        type: 'button',
        'data-id': channel.id,
        'aria-current': isOpen && 'true',
        onclick: () => client.openChannel(channel),
      },
      h(
        `span.sign${channel.isPrivate ? '.private' : ''}`,
        {},
        signOf(channel.kind, channel.kind === 'thread' ? 16 : 20),
        channel.isPrivate && icon('lock', 10),
      ),
      h('span.name', {}, channel.name),
      isUnread && h('span.spoken', {}, `, ${texts.unread}`),
      mentions > 0 && h('span.badge', { 'aria-label': texts.mentionCount(mentions) }, String(Math.min(mentions, 99))),
    );
  }

  drawVoices({ voices }) {
    const { client } = this;
    const person = (voice) => {
      const name = h('span.name', {}, voice.name);
      name.style.color = cssColor(voice.color);
      return h(
        'li',
        {},
        h(
          'button.voice',
          {
            type: 'button',
            'data-id': `voice-${voice.id}`,
            onclick: ({ currentTarget }) => client.openPerson(voice.id, currentTarget),
          },
          h('img', { src: voice.avatarUrl, alt: '', width: 24, height: 24 }),
          name,
          voice.isMuted && icon('muted', 16),
          voice.isDeafened && icon('deafened', 16),
        ),
      );
    };
    return h('ul.voices', { 'aria-label': client.texts.voiceIn(voices.length) }, ...voices.map(person));
  }

  drawDirect() {
    const { client } = this;
    const { known, texts, channelId } = client;
    const newestFirst = known.direct.toSorted((left, right) =>
      Number(BigInt(right.lastMessageId ?? 0) - BigInt(left.lastMessageId ?? 0)),
    );
    const home = h(
      'button.channel',
      {
        type: 'button',
        'data-id': HOME,
        'aria-current': channelId === null && 'true',
        onclick: () => client.openChannel(null),
      },
      h('span.sign', {}, icon('people')),
      h('span.name', {}, texts.home),
    );
    return [
      home,
      h('h3', {}, texts.directMessages),
      ...newestFirst.map((channel) => this.drawConversation(channel)),
      newestFirst.length === 0 && h('p.empty', {}, texts.noDirect),
    ].filter(Boolean);
  }

  drawConversation(channel) {
    const { client } = this;
    const { person } = channel;
    const isUnread = client.reads.isUnread(channel);
    const mentions = client.reads.mentions(channel);
    const activity = person.activity && client.texts.activities[person.activity.type];
    return h(
      `button.channel.conversation.${person.status}${isUnread ? '.unread' : ''}`,
      {
        type: 'button',
        'data-id': channel.id,
        'aria-current': channel.id === client.channelId && 'true',
        onclick: () => client.openChannel(channel),
      },
      h('span.face', {}, h('img', { src: channel.avatarUrl, alt: '', width: 32, height: 32 })),
      h(
        'span.name',
        {},
        channel.name,
        activity && h('small', {}, activity(person.activity.name, person.activity.state)),
      ),
      person.isBot && h('span.app', {}, client.texts.app),
      mentions > 0 && h('span.badge', {}, String(Math.min(mentions, 99))),
    );
  }
}

const isPlace = ({ kind }) => kind !== 'category' && kind !== 'thread';
const isVoice = ({ kind }) => kind === 'voice' || kind === 'stage';
/** Voice channels come below the others of their category. */
const inOrder = (channels) => [...channels.filter((it) => !isVoice(it)), ...channels.filter(isVoice)];

/** Arrow keys, Home and End walk through a list of buttons. */
function walk(event, list) {
  const buttons = [...list.querySelectorAll('button')];
  const index = buttons.indexOf(document.activeElement);
  const next = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (next === undefined || index < 0) return;
  event.preventDefault();
  buttons[Math.max(0, Math.min(next, buttons.length - 1))]?.focus();
}
