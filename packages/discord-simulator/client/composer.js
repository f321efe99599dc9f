import { post } from './api.js';
import { byId, h } from './dom.js';
import { forgetTyping } from './live.js';

/** Others are told at most this often that one is typing, in milliseconds. */
const TYPING_INTERVAL_MS = 8_000;

/** Where one writes: new messages, replies and edits. */
export class Composer {
  replyingTo = null;
  editing = null;
  typedAtMs = 0;

  constructor(client) {
    this.client = client;
    byId('composer').addEventListener('submit', (event) => {
      event.preventDefault();
      void this.send();
    });
    byId('text').addEventListener('input', () => this.typed());
    byId('text').addEventListener('keydown', (event) => this.press(event));
  }

  /** Gets ready for a channel, or for none. */
  open(channel) {
    const { texts } = this.client;
    const canWrite = channel?.canWrite ?? false;
    const prompt = canWrite
      ? texts.message(channel.kind === 'direct' ? `@${channel.name}` : `#${channel.name}`)
      : texts.readOnly;
    const field = byId('text');
    field.disabled = byId('send').disabled = !canWrite;
    field.placeholder = prompt;
    field.setAttribute('aria-label', prompt);
    byId('send').setAttribute('aria-label', texts.send);
    byId('open-drawer').setAttribute('aria-label', texts.openMenu);
    byId('toggle-members').setAttribute('aria-label', texts.toggleMembers);
    byId('open-mailbox').setAttribute('aria-label', texts.mailbox);
    this.abandon();
    this.say('');
    forgetTyping();
    this.client.slash.close();
  }

  /** A line under the field: what went wrong. */
  say(text) {
    byId('notice').textContent = text;
  }

  replyTo(message) {
    this.abandon();
    this.replyingTo = message;
    this.showIntent(this.client.texts.replyingTo(this.client.names.user(message.author.id)));
  }

  edit(message) {
    this.abandon();
    this.editing = message;
    byId('text').value = message.content;
    this.showIntent(this.client.texts.editing);
  }

  showIntent(text) {
    const cancel = h('button.text', { type: 'button', onclick: () => this.abandon() }, this.client.texts.cancel);
    byId('intent').replaceChildren(h('span', {}, text), cancel);
    byId('intent').hidden = false;
    byId('text').focus();
  }

  /** Back to writing a plain new message. */
  abandon() {
    if (this.editing) byId('text').value = '';
    this.replyingTo = null;
    this.editing = null;
    byId('intent').hidden = true;
  }

  typed() {
    const text = byId('text').value;
    this.client.slash.update(text);
    const isSilent = text === '' || text.startsWith('/') || this.editing;
    if (isSilent || Date.now() - this.typedAtMs < TYPING_INTERVAL_MS) return;
    this.typedAtMs = Date.now();
    // Nobody needs to know when this fails: the message itself will tell.
    void post('typing', { as: this.client.me.id, channelId: this.client.channelId }).catch((error) =>
      this.say(error.message),
    );
  }

  press(event) {
    if (event.isComposing || this.client.slash.press(event)) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void this.send();
    } else if (event.key === 'Escape') this.abandon();
    else if (event.key === 'ArrowUp' && byId('text').value === '') this.editLast();
  }

  editLast() {
    const own = this.client.conversation.lastBy(this.client.me.id);
    if (own) this.edit(own);
  }

  async send() {
    const field = byId('text');
    const content = field.value.trim();
    if (content === '' || !this.client.channelId) return;
    const { editing, replyingTo } = this;
    this.abandon();
    field.value = '';
    this.typedAtMs = 0;
    const isSent = editing
      ? await this.client.act('edits', { messageId: editing.id, content })
      : await this.client.act('messages', { content, replyToId: replyingTo?.id });
    // What could not be sent is not lost.
    if (!isSent && field.value === '') field.value = content;
  }
}
