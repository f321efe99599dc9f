import { h } from './dom.js';

/** How long "is typing" stays without being renewed, in milliseconds. */
const TYPING_MS = 8_000;

/** Who is typing in an open channel. */
export class TypingLine {
  /** By user, with the timer that forgets them. */
  people = new Map();

  constructor(talk) {
    this.talk = talk;
  }

  show({ user_id: userId, member }) {
    if (userId === this.talk.me.id) return;
    clearTimeout(this.people.get(userId)?.timer);
    const name =
      this.talk.member(userId)?.name ?? member?.nick ?? member?.user?.global_name ?? member?.user?.username ?? userId;
    this.people.set(userId, { name, timer: setTimeout(() => this.hide(userId), TYPING_MS) });
    this.draw();
  }

  hide(userId) {
    clearTimeout(this.people.get(userId)?.timer);
    if (this.people.delete(userId)) this.draw();
  }

  /** Another channel is open: who types there is not known yet. */
  forget() {
    for (const userId of this.people.keys()) this.hide(userId);
  }

  draw() {
    const names = [...this.people.values()].map((it) => it.name);
    const line = this.talk.part('typing');
    if (names.length === 0) line.replaceChildren();
    else line.replaceChildren(h('span.dots', { 'aria-hidden': 'true' }), this.talk.texts.typing(names));
  }
}
