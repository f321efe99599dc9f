import { h } from './dom.js';
import { icon } from './icons.js';
import { isYounger } from './reads.js';

/** Distance from the end, in pixels, at which new messages still scroll into view. */
const FOLLOW_PX = 120;
/** Distance from the beginning, in pixels, at which older messages are fetched. */
const EARLY_PX = 400;

/** Where somebody is in a conversation: at its end, or further up, and what is new to them. */
export class Position {
  isFollowing = true;
  /** The last message that was read when news began to come; null while there are none. */
  newAfter = null;
  newCount = 0;

  constructor(conversation) {
    this.conversation = conversation;
    this.talk = conversation.talk;
    this.log = conversation.log;
    this.log.addEventListener('scroll', () => this.scrolled(), { passive: true });
    // An image that comes late moves the end.
    this.log.addEventListener('load', () => this.isFollowing && this.toEnd(), { capture: true });
    document.addEventListener('visibilitychange', () => this.isFollowing && this.read());
    // The menu and the fields of a command take their space from the log: its end stays in view.
    new ResizeObserver(() => this.isFollowing && this.toEnd()).observe(this.log);
  }

  /** A channel is opened: what is unread in it begins below a line. */
  begin() {
    const { channel, client } = this.talk;
    this.newAfter = channel && client.reads.isUnread(channel) ? client.reads.lastRead(channel.id) : null;
    this.newCount = 0;
    this.isFollowing = true;
    this.drawJump();
  }

  scrolled() {
    this.isFollowing = this.isAtEnd();
    if (this.isFollowing) this.read();
    if (this.log.scrollTop < EARLY_PX) void this.conversation.loadOlder();
    this.drawJump();
  }

  /** After a message was shown: follows it, or counts it as new for somebody who is further up. */
  settle({ follows, message, isNew }) {
    if (follows) {
      this.conversation.forgetOldest();
      this.toEnd();
    }
    if (!isNew) return;
    const isOwn = message.author.id === this.talk.me.id;
    if (isOwn) this.toEnd();
    if (isOwn || (follows && !document.hidden)) return this.read();
    this.newAfter ??= this.talk.client.reads.lastRead(message.channel_id);
    this.newCount += 1;
    this.drawNewLine();
    this.drawJump();
  }

  /** All of it has been seen. */
  read() {
    const { channel, client } = this.talk;
    if (!channel || document.hidden || this.conversation.messages.length === 0) return;
    this.newCount = 0;
    client.read(channel);
    this.drawJump();
  }

  isAtEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < FOLLOW_PX;
  }

  toEnd() {
    this.isFollowing = true;
    this.log.scrollTop = this.log.scrollHeight;
  }

  /** Changes what is above without moving what is read. */
  keep(change) {
    const fromEnd = this.log.scrollHeight - this.log.scrollTop;
    change();
    this.log.scrollTop = this.log.scrollHeight - fromEnd;
  }

  /** The line between what was read and what is new. */
  drawNewLine() {
    this.log.querySelector('.new-line')?.remove();
    if (this.newAfter === null) return;
    const first = this.conversation.messages.find(
      ({ id, author }) => isYounger(id, this.newAfter) && author.id !== this.talk.me.id,
    );
    const node = first && this.log.querySelector(`[data-id="${first.id}"]`);
    node?.before(h('div.new-line', { role: 'separator' }, h('span', {}, this.talk.texts.newMessages)));
  }

  drawJump() {
    const bar = this.talk.part('jump');
    const { texts } = this.talk;
    bar.hidden = this.isFollowing;
    if (bar.hidden) return;
    bar.classList.toggle('has-news', this.newCount > 0);
    const jump = () => {
      this.toEnd();
      this.read();
      this.talk.part('text').focus();
    };
    bar.replaceChildren(
      h('span', {}, this.newCount > 0 ? texts.newCount(this.newCount) : texts.olderShown),
      h('button', { type: 'button', onclick: jump }, texts.jump, icon('down', 16)),
    );
  }
}
