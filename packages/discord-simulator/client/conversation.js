import { get } from './api.js';
import { h } from './dom.js';
import { icon } from './icons.js';
import { Deeds } from './deeds.js';
import { MessageTools } from './message-tools.js';
import { continuesGroup, isSameDay, renderDay, renderMessage } from './message-view.js';
import { keepOwnVotes, withVote } from './polls.js';
import { Position } from './position.js';
import { isYounger } from './reads.js';

const PAGE_SIZE = 50;
/** How far up a message is looked for, in pages. */
const MAX_PAGES = 20;
/** A channel left open for hours keeps this many messages on the page; the rest is loaded again on the way up. */
const MAX_SHOWN = 300;

/** The messages of the open channel, kept current by live events. */
export class Conversation {
  messages = [];
  hasOlder = false;
  isLoading = false;
  /** Live events that came while the messages were being fetched: what was fetched may not hold them. */
  waiting = null;

  constructor(talk) {
    this.talk = talk;
    this.log = talk.part('log');
    this.position = new Position(this);
    this.deeds = new Deeds(this);
    this.tools = new MessageTools(this);
  }

  async open() {
    const { me, channelId } = this.talk;
    const isCurrent = () => channelId === this.talk.channelId && me.id === this.talk.me.id;
    const waiting = (this.waiting = []);
    this.position.begin();
    if (this.messages[0]?.channel_id !== channelId) this.say(this.talk.texts.loading);
    try {
      const { messages, people } = await get('messages', { as: me.id, channelId });
      // Another channel, or another person, may have been opened meanwhile.
      if (!isCurrent() || this.waiting !== waiting) return;
      this.take(messages, people);
    } catch (error) {
      if (isCurrent()) this.sayFailed(error);
    }
    if (this.waiting !== waiting) return;
    this.waiting = null;
    for (const act of waiting) act();
  }

  take(messages, people) {
    this.talk.client.known.learn(this.talk.channel?.guildId, people);
    this.messages = messages;
    this.hasOlder = messages.length === PAGE_SIZE;
    this.draw();
    this.position.toEnd();
    this.position.read();
  }

  clear() {
    this.messages = [];
    this.hasOlder = false;
    this.log.replaceChildren();
  }

  async loadOlder() {
    const [oldest] = this.messages;
    if (!this.hasOlder || this.isLoading || !oldest) return;
    this.isLoading = true;
    const { me, channelId } = this.talk;
    try {
      const { messages, people } = await get('messages', { as: me.id, channelId, before: oldest.id });
      if (channelId !== this.talk.channelId || me.id !== this.talk.me.id || this.messages[0] !== oldest) return;
      this.talk.client.known.learn(this.talk.channel?.guildId, people);
      this.hasOlder = messages.length === PAGE_SIZE;
      this.position.keep(() => {
        this.messages = [...messages, ...this.messages];
        this.draw();
      });
    } catch (error) {
      this.talk.composer.say(error.message);
    } finally {
      this.isLoading = false;
    }
  }

  /** Live events wait while the messages are fetched, and then happen in their order. */
  after(act) {
    if (this.waiting) this.waiting.push(act);
    else act();
  }

  /** Shows a message that was written or changed. */
  put(message) {
    this.after(() => {
      const index = this.messages.findIndex((it) => it.id === message.id);
      const follows = this.position.isAtEnd();
      if (index >= 0) {
        // An update does not say who reacted, nor who voted: that is known from before.
        const { reactions, poll } = this.messages[index];
        this.messages[index] = {
          ...message,
          reactions: reactions ?? message.reactions,
          ...(message.poll ? { poll: keepOwnVotes(message.poll, poll) } : {}),
        };
        this.redraw(index);
      } else if (!this.messages[0] || isYounger(message.id, this.messages[0].id)) this.append(message);
      this.position.settle({ follows, message, isNew: index < 0 });
    });
  }

  remove(ids) {
    this.after(() => {
      const kept = this.messages.filter((message) => !ids.includes(message.id));
      if (kept.length === this.messages.length) return;
      this.position.keep(() => {
        this.messages = kept;
        this.draw();
      });
    });
  }

  changeReaction({ message_id, emoji, user_id }, isOn) {
    this.after(() => {
      const index = this.messages.findIndex((it) => it.id === message_id);
      const message = this.messages[index];
      if (!message) return;
      const isSame = (other) => other.id === (emoji.id ?? null) && (other.id !== null || other.name === emoji.name);
      const reactions = message.reactions ?? [];
      const known = reactions.find((it) => isSame({ ...it.emoji, id: it.emoji.id ?? null })) ?? {
        emoji,
        count: 0,
        me: false,
      };
      const changed = {
        ...known,
        count: known.count + (isOn ? 1 : -1),
        me: user_id === this.talk.me.id ? isOn : known.me,
      };
      const others = reactions.map((it) => (it === known ? changed : it));
      message.reactions = (reactions.includes(known) ? others : [...others, changed]).filter((it) => it.count > 0);
      const follows = this.position.isAtEnd();
      this.redraw(index);
      if (follows) this.position.toEnd();
    });
  }

  /** A moderator or an application took reactions off: all of them, or those with one emoji. */
  clearReactions({ message_id, emoji }) {
    this.after(() => {
      const index = this.messages.findIndex((it) => it.id === message_id);
      const message = this.messages[index];
      if (!message) return;
      const isGone = (other) => !emoji || (emoji.id ? other.id === emoji.id : other.name === emoji.name);
      message.reactions = (message.reactions ?? []).filter((it) => !isGone(it.emoji));
      this.redraw(index);
    });
  }

  changeVote({ message_id, user_id, answer_id }, isAdded) {
    this.after(() => {
      const index = this.messages.findIndex((it) => it.id === message_id);
      const message = this.messages[index];
      if (!message?.poll) return;
      message.poll = withVote(message.poll, { answer_id, isAdded, isMe: user_id === this.talk.me.id });
      this.redraw(index);
    });
  }

  /** Goes to a message, which may be further up than what was loaded. */
  async jump(id) {
    const find = () => this.log.querySelector(`[data-id="${id}"]`);
    for (let pages = 0; !find() && this.hasOlder && pages < MAX_PAGES; pages += 1) await this.loadOlder();
    const node = find();
    if (!node) {
      this.talk.composer.say(this.talk.texts.notFound);
      return;
    }
    node.scrollIntoView({ block: 'center' });
    node.focus({ preventScroll: true });
    node.classList.add('found');
    node.addEventListener('animationend', () => node.classList.remove('found'), { once: true });
  }

  /** The last message of somebody that can be edited. */
  lastBy(userId) {
    return this.messages.findLast((message) => message.author.id === userId && message.content !== '');
  }

  draw() {
    this.log.setAttribute('aria-label', this.talk.texts.messages);
    const nodes = this.messages.flatMap((message, index) => this.nodesOf(message, this.messages[index - 1]));
    this.log.replaceChildren(...(this.hasOlder ? [] : [this.drawBeginning()]), ...nodes);
    this.position.drawNewLine();
  }

  redraw(index) {
    const message = this.messages[index];
    if (!message) return;
    const node = this.log.querySelector(`[data-id="${message.id}"]`);
    const hadFocus = node?.contains(document.activeElement);
    const fresh = this.render(message, this.messages[index - 1]);
    const hadTools = node?.querySelector(':scope > .tools') !== null;
    const focusedName = hadFocus && document.activeElement.getAttribute('aria-label');
    node?.replaceWith(fresh);
    if (hadTools) this.tools.show(fresh);
    if (!hadFocus) return;
    const same = [...fresh.querySelectorAll('button')].find((it) => it.getAttribute('aria-label') === focusedName);
    (same ?? fresh).focus();
  }

  append(message) {
    this.log.append(...this.nodesOf(message, this.messages.at(-1)));
    this.messages.push(message);
  }

  forgetOldest() {
    if (this.messages.length <= MAX_SHOWN) return;
    this.messages = this.messages.slice(-MAX_SHOWN / 2);
    this.hasOlder = true;
    this.draw();
  }

  nodesOf(message, previous) {
    const node = this.render(message, previous);
    return previous && isSameDay(previous, message) ? [node] : [renderDay(message, this.talk.locale), node];
  }

  render(message, previous) {
    return renderMessage(message, this.view(), continuesGroup(previous, message));
  }

  /** What stands above the first message of a channel. */
  drawBeginning() {
    const { texts, channel } = this.talk;
    const isDirect = channel?.kind === 'direct';
    const isPlain = isDirect || channel?.kind === 'thread';
    const name = `${isPlain ? '' : '#'}${channel?.name ?? ''}`;
    return h(
      'div.beginning',
      {},
      isDirect
        ? h('img', { src: channel.avatarUrl, alt: '', width: 80, height: 80 })
        : h('span.beginning-sign', {}, icon(channel?.thread ? 'thread' : 'hash', 42)),
      h('h2', {}, isPlain ? name : texts.welcome(name)),
      h('p', {}, isDirect ? texts.beginningDirect(name) : texts.beginning(name)),
    );
  }

  say(text) {
    this.messages = [];
    this.log.replaceChildren(h('p.empty', {}, text));
  }

  sayFailed(error) {
    const { texts } = this.talk;
    this.say(`${texts.loadFailed} ${error.message}`);
    const again = h('button.button.secondary', { type: 'button', onclick: () => this.open() }, texts.tryAgain);
    this.log.append(h('p.empty', {}, again));
  }

  /** What a message needs to know to be drawn, and what its buttons do. */
  view() {
    const { talk } = this;
    const { client, channel } = talk;
    return {
      texts: talk.texts,
      locale: talk.locale,
      names: talk.names,
      meId: talk.me.id,
      canWrite: channel?.canWrite ?? false,
      canStartThread: Boolean(channel?.canStartThread && ['text', 'announcement'].includes(channel.kind)),
      canManageMessages: channel?.canManageMessages ?? false,
      canPin: channel?.canPin ?? false,
      canReact: channel?.canReact ?? false,
      member: (id) => talk.member(id),
      ...this.deeds.all,
      openPerson: (userId, anchor) => void client.openPerson(userId, anchor),
      openChannel: (channelId) => void client.openChannelById(channelId),
      openThread: (threadId) => void client.openChannelById(threadId),
      startThread: (message) => client.askThread(channel, message),
    };
  }
}
