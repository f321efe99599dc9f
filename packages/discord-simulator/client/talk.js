import { post } from './api.js';
import { Composer } from './composer.js';
import { Conversation } from './conversation.js';
import { h } from './dom.js';
import { icon } from './icons.js';
import { askModal } from './modal-form.js';
import { SlashMenu } from './slash.js';
import { TypingLine } from './typing.js';

/** A channel that is open: its messages, and where one writes. The main column is one, the thread beside it another. */
export class Talk {
  channelId = null;

  /**
   * @param {import('./client.js').Client} client
   * @param {HTMLElement} root
   * @param {string} name tells the ids of two talks apart; the main one has none
   */
  constructor(client, root, name = '') {
    this.client = client;
    this.root = root;
    this.name = name;
    root.append(...drawParts(name));
    this.conversation = new Conversation(this);
    this.composer = new Composer(this);
    this.slash = new SlashMenu(this);
    this.typing = new TypingLine(this);
  }

  part(name) {
    return this.root.querySelector(`[data-part="${name}"]`);
  }

  get me() {
    return this.client.me;
  }

  get texts() {
    return this.client.texts;
  }

  get locale() {
    return this.client.locale;
  }

  get channel() {
    return this.channelId ? this.client.known.channel(this.channelId) : null;
  }

  get guild() {
    return this.client.known.guild(this.channel?.guildId);
  }

  async open(channel) {
    this.composer.leave();
    this.channelId = channel?.id ?? null;
    this.composer.open(channel);
    this.typing.forget();
    if (!channel) this.conversation.clear();
    else await Promise.all([this.conversation.open(), this.slash.load()]);
  }

  receive(message) {
    this.typing.hide(message.author.id);
    this.conversation.put(message);
  }

  /** Shows what came of an action: a modal is asked, a failure is said. Resolves to whether it worked. */
  async settle(action) {
    this.composer.say('');
    try {
      const { status, modal } = await action;
      if (status === 'failed') this.composer.say(this.texts.failed);
      if (modal) askModal(this, modal);
      return status !== 'failed';
    } catch (error) {
      this.composer.say(error.message);
      return false;
    }
  }

  /** Does something as the person in this channel. */
  act(path, what = {}) {
    return this.settle(post(path, { as: this.me.id, channelId: this.channelId, ...what }));
  }

  /** Names of whom and what a text mentions. */
  get names() {
    const { guild } = this;
    return {
      locale: this.locale,
      user: (id) => this.member(id)?.name ?? id,
      role: (id) => guild?.roles.find((it) => it.id === id)?.name ?? id,
      roleColor: (id) => guild?.roles.find((it) => it.id === id)?.color,
      spoiler: this.texts.spoiler,
      openUser: (id, anchor) => void this.client.openPerson(id, anchor),
      openChannel: (id) => void this.client.openChannelById(id),
      channel: (id) => this.client.known.channel(id)?.name ?? id,
    };
  }

  member(id) {
    return this.client.known.person(this.channel?.guildId, id);
  }
}

function drawParts(name) {
  const part = (tag, partName, properties = {}, ...children) =>
    h(tag, { 'data-part': partName, ...properties }, ...children);
  return [
    h(
      'div.log-frame',
      {},
      part('div', 'news', { hidden: true }),
      part('div', 'log', { id: name ? null : 'messages', role: 'log', tabindex: 0 }),
      part('div', 'jump', { hidden: true }),
    ),
    part('div', 'menu', { role: 'listbox', id: `menu${name}`, hidden: true }),
    part('form', 'command-form', { autocomplete: 'off', hidden: true }),
    part('div', 'intent', { hidden: true }),
    part('div', 'tray', { role: 'group', hidden: true }),
    part(
      'form',
      'composer',
      {},
      part('button', 'attach', { type: 'button' }, icon('plus')),
      part('input', 'files', { type: 'file', multiple: true, hidden: true }),
      part('textarea', 'text', {
        id: name ? null : 'text',
        rows: 1,
        maxlength: 2_000,
        autocomplete: 'off',
        'aria-controls': `menu${name}`,
      }),
      part('button', 'emoji', { type: 'button' }, icon('smile')),
      part('button', 'send', { type: 'submit' }, icon('send')),
    ),
    h('div.below', {}, part('p', 'typing', { 'aria-live': 'polite' }), part('p', 'notice', { role: 'status' })),
  ];
}
