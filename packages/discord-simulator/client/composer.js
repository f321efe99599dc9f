import { post } from './api.js';
import { h } from './dom.js';
import { openEmojiPicker } from './emoji-picker.js';
import { icon } from './icons.js';
import { Uploads } from './uploads.js';

/** Others are told at most this often that one is typing, in milliseconds. */
const TYPING_INTERVAL_MS = 8_000;

/** Where one writes: new messages, replies and edits. */
export class Composer {
  replyingTo = null;
  /** Whether the author of the message that is replied to is notified. */
  isMentioning = true;
  editing = null;
  typedAtMs = 0;
  /** What was begun and not sent, by channel. */
  drafts = new Map();

  constructor(talk) {
    this.talk = talk;
    this.field = talk.part('text');
    this.uploads = new Uploads(talk);
    talk.part('emoji').addEventListener('click', () => this.pickEmoji());
    talk.part('composer').addEventListener('submit', (event) => {
      event.preventDefault();
      void this.send();
    });
    this.field.addEventListener('input', () => this.typed());
    this.field.addEventListener('keydown', (event) => this.press(event));
  }

  /** The channel is left: what was begun waits for the way back. */
  leave() {
    const { channelId } = this.talk;
    if (channelId === null) return;
    if (this.editing) this.abandon();
    if (this.field.value === '') this.drafts.delete(channelId);
    else this.drafts.set(channelId, this.field.value);
  }

  /** Gets ready for a channel, or for none. */
  open(channel) {
    this.abandon();
    this.uploads.clear();
    this.say('');
    this.field.value = this.drafts.get(channel?.id) ?? '';
    this.typedAtMs = 0;
    this.update(channel);
    this.talk.slash.close();
  }

  /** What may be done in the channel changed. */
  update(channel) {
    const { texts } = this.talk;
    const canWrite = channel?.canWrite ?? false;
    const prompt = canWrite
      ? texts.message(channel.kind === 'direct' ? `@${channel.name}` : `${channel.thread ? '' : '#'}${channel.name}`)
      : texts.readOnly;
    this.field.disabled = this.talk.part('send').disabled = this.talk.part('emoji').disabled = !canWrite;
    this.talk.part('attach').disabled = !this.uploads.canAttach;
    for (const [part, name] of [
      ['attach', texts.attachFiles],
      ['emoji', texts.pickEmoji],
    ]) {
      this.talk.part(part).setAttribute('aria-label', name);
      this.talk.part(part).title = name;
    }
    this.field.placeholder = prompt;
    this.field.setAttribute('aria-label', prompt);
    this.talk.part('send').setAttribute('aria-label', texts.send);
  }

  /** A line under the field: what went wrong. */
  say(text) {
    this.talk.part('notice').textContent = text;
  }

  replyTo(message) {
    this.abandon();
    this.replyingTo = message;
    this.isMentioning = message.author.id !== this.talk.me.id;
    this.drawReply();
  }

  drawReply() {
    const { texts, names } = this.talk;
    const toggle = h(
      'button.mention-toggle',
      {
        type: 'button',
        title: texts.mentionHint,
        'aria-pressed': String(this.isMentioning),
        onclick: () => {
          this.isMentioning = !this.isMentioning;
          this.drawReply();
        },
      },
      icon('at', 16),
      this.isMentioning ? texts.mentionOn : texts.mentionOff,
    );
    const isOwn = this.replyingTo.author.id === this.talk.me.id;
    this.showIntent(texts.replyingTo(names.user(this.replyingTo.author.id)), isOwn ? [] : [toggle]);
  }

  edit(message) {
    this.abandon();
    this.editing = message;
    this.field.value = message.content;
    this.showIntent(this.talk.texts.editing);
  }

  showIntent(text, extras = []) {
    const { texts } = this.talk;
    const cancel = h(
      'button.cancel-intent',
      { type: 'button', 'aria-label': texts.cancel, title: texts.cancel, onclick: () => this.abandon() },
      icon('close', 16),
    );
    const bar = this.talk.part('intent');
    bar.replaceChildren(h('span', {}, text), ...extras, cancel);
    bar.hidden = false;
    this.field.focus();
  }

  /** Back to writing a plain new message. */
  abandon() {
    if (this.editing) this.field.value = '';
    this.replyingTo = null;
    this.editing = null;
    this.talk.part('intent').hidden = true;
  }

  typed() {
    const text = this.field.value;
    this.talk.slash.update(text);
    const isSilent = text === '' || text.startsWith('/') || this.editing;
    if (isSilent || Date.now() - this.typedAtMs < TYPING_INTERVAL_MS) return;
    this.typedAtMs = Date.now();
    // Nobody needs to know when this fails: the message itself will tell.
    void post('typing', { as: this.talk.me.id, channelId: this.talk.channelId }).catch((error) =>
      this.say(error.message),
    );
  }

  press(event) {
    if (event.isComposing || this.talk.slash.press(event)) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void this.send();
    } else if (event.key === 'Escape') this.escape(event);
    else if (event.key === 'ArrowUp' && this.field.value === '') {
      event.preventDefault();
      this.editLast();
    }
  }

  /** Ends a reply or an edit first, and only then goes to the newest message. */
  escape(event) {
    if (this.replyingTo || this.editing) {
      event.stopPropagation();
      this.abandon();
    } else this.talk.conversation.position.toEnd();
  }

  /** Puts text where the cursor is. */
  insert(text) {
    this.field.setRangeText(text, this.field.selectionStart, this.field.selectionEnd, 'end');
    this.field.focus();
  }

  pickEmoji() {
    const { texts, guild } = this.talk;
    openEmojiPicker(this.talk.part('emoji'), {
      texts,
      emojis: guild?.emojis ?? [],
      choose: ({ id, name, animated }) => this.insert(id ? `<${animated ? 'a' : ''}:${name}:${id}>` : name),
    });
  }

  editLast() {
    const own = this.talk.conversation.lastBy(this.talk.me.id);
    if (own) this.edit(own);
  }

  async send() {
    const content = this.field.value.trim();
    const { editing, replyingTo, isMentioning } = this;
    const files = editing ? [] : this.uploads.files;
    if ((content === '' && files.length === 0) || !this.talk.channelId) return;
    this.abandon();
    this.field.value = '';
    this.drafts.delete(this.talk.channelId);
    this.typedAtMs = 0;
    const message = { content, replyToId: replyingTo?.id, mentionsAuthor: replyingTo ? isMentioning : undefined };
    const isSent = editing
      ? await this.talk.act('edits', { messageId: editing.id, content })
      : await this.sendNew(message, files);
    // What could not be sent is not lost.
    if (!isSent && this.field.value === '') this.field.value = content;
  }

  async sendNew(message, files) {
    if (files.length === 0) return this.talk.act('messages', message);
    const { me, channelId } = this.talk;
    const isSent = await this.talk.settle(this.uploads.send({ as: me.id, channelId, ...message }, files));
    if (isSent) this.uploads.clear();
    return isSent;
  }
}
