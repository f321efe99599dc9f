import { get } from './api.js';
import { byId, h } from './dom.js';
import { continuesGroup, isSameDay, renderDay, renderMessage } from './message-view.js';

/** Distance from the end, in pixels, at which new messages still scroll into view. */
const FOLLOW_PX = 120;
const PAGE_SIZE = 50;
/** A channel left open for hours keeps this many messages on the page; the rest is loaded again on the way up. */
const MAX_SHOWN = 300;

/** The messages of the open channel, kept current by live events. */
export class Conversation {
  messages = [];
  hasOlder = false;
  isLoading = false;
  isFollowing = true;

  constructor(client) {
    this.client = client;
    this.log = byId('messages');
    this.log.addEventListener('scroll', () => {
      this.isFollowing = this.isAtEnd();
      if (this.log.scrollTop < 80) void this.loadOlder();
    });
    // The menu and the fields of a command take their space from the log: its end stays in view.
    new ResizeObserver(() => this.isFollowing && this.scrollToEnd()).observe(this.log);
  }

  async open() {
    const { me, channelId } = this.client;
    const messages = await get('messages', { as: me.id, channelId });
    // Another channel, or another person, may have been opened meanwhile.
    if (channelId !== this.client.channelId || me.id !== this.client.me.id) return;
    this.messages = messages;
    this.hasOlder = messages.length === PAGE_SIZE;
    this.draw();
    this.scrollToEnd();
  }

  clear() {
    this.messages = [];
    this.hasOlder = false;
    this.draw();
  }

  async loadOlder() {
    const [oldest] = this.messages;
    if (!this.hasOlder || this.isLoading || !oldest) return;
    this.isLoading = true;
    const { me, channelId } = this.client;
    const older = await get('messages', { as: me.id, channelId, before: oldest.id }).finally(
      () => (this.isLoading = false),
    );
    if (channelId !== this.client.channelId || me.id !== this.client.me.id) return;
    this.hasOlder = older.length === PAGE_SIZE;
    const fromEnd = this.log.scrollHeight - this.log.scrollTop;
    this.messages = [...older, ...this.messages];
    this.draw();
    this.log.scrollTop = this.log.scrollHeight - fromEnd;
  }

  /** Shows a message that was written or changed. */
  put(message) {
    const index = this.messages.findIndex((it) => it.id === message.id);
    const follows = this.isAtEnd();
    if (index < 0) this.append(message);
    else {
      // An update does not say who reacted: that is known from before.
      this.messages[index] = { ...message, reactions: this.messages[index].reactions ?? message.reactions };
      this.redraw(index);
    }
    if (!follows) return;
    if (this.messages.length > MAX_SHOWN) this.forgetOldest();
    this.scrollToEnd();
  }

  remove(ids) {
    const kept = this.messages.filter((message) => !ids.includes(message.id));
    if (kept.length === this.messages.length) return;
    this.messages = kept;
    this.draw();
  }

  changeReaction({ message_id, emoji, user_id }, isOn) {
    const index = this.messages.findIndex((it) => it.id === message_id);
    const message = this.messages[index];
    if (!message) return;
    const reactions = message.reactions ?? [];
    const known = reactions.find((it) => it.emoji.name === emoji.name) ?? { emoji, count: 0, me: false };
    const changed = {
      ...known,
      count: known.count + (isOn ? 1 : -1),
      me: user_id === this.client.me.id ? isOn : known.me,
    };
    const others = reactions.map((it) => (it === known ? changed : it));
    message.reactions = (reactions.includes(known) ? others : [...others, changed]).filter((it) => it.count > 0);
    const follows = this.isAtEnd();
    this.redraw(index);
    if (follows) this.scrollToEnd();
  }

  /** The last message of somebody that can be edited. */
  lastBy(userId) {
    return this.messages.findLast((message) => message.author.id === userId && message.content !== '');
  }

  draw() {
    const { texts } = this.client;
    this.log.setAttribute('aria-label', texts.messages);
    this.log.replaceChildren(
      ...this.messages.flatMap((message, index) => this.nodesOf(message, this.messages[index - 1])),
    );
    if (this.messages.length === 0 && this.client.channel)
      this.log.replaceChildren(h('p.empty', {}, texts.emptyChannel));
  }

  redraw(index) {
    const message = this.messages[index];
    const node = this.log.querySelector(`[data-id="${message.id}"]`);
    const hadFocus = node?.contains(document.activeElement);
    const fresh = this.render(message, this.messages[index - 1]);
    node?.replaceWith(fresh);
    if (hadFocus) fresh.querySelector('button')?.focus();
  }

  append(message) {
    this.log.querySelector('.empty')?.remove();
    this.log.append(...this.nodesOf(message, this.messages.at(-1)));
    this.messages.push(message);
  }

  forgetOldest() {
    this.messages = this.messages.slice(-MAX_SHOWN / 2);
    this.hasOlder = true;
    this.draw();
  }

  nodesOf(message, previous) {
    const node = this.render(message, previous);
    return previous && isSameDay(previous, message) ? [node] : [renderDay(message, this.client.locale), node];
  }

  render(message, previous) {
    return renderMessage(message, this.view(), continuesGroup(previous, message));
  }

  /** What a message needs to know to be drawn, and what its buttons do. */
  view() {
    const { client } = this;
    return {
      texts: client.texts,
      locale: client.locale,
      names: client.names,
      meId: client.me.id,
      canWrite: client.channel?.canWrite ?? false,
      member: (id) => client.member(id),
      selectable: (type) => client.selectable(type),
      press: (message, customId, values) => void client.act('components', { messageId: message.id, customId, values }),
      react: (message, emoji, isOn) => void client.act('reactions', { messageId: message.id, emoji, isOn }),
      reply: (message) => client.composer.replyTo(message),
      edit: (message) => client.composer.edit(message),
      delete: (message) => void client.act('deletions', { messageId: message.id }),
      dismiss: (message) => this.remove([message.id]),
    };
  }

  isAtEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < FOLLOW_PX;
  }

  scrollToEnd() {
    this.log.scrollTop = this.log.scrollHeight;
  }
}
