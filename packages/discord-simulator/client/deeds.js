import { post } from './api.js';
import { openEmojiPicker } from './emoji-picker.js';
import { emojiKey } from './emoji.js';
import { askModal } from './modal-form.js';
import { openPins } from './pins.js';
import { defaultOptions, optionSource } from './select-options.js';

/** How the last use of a component of a message went, by message. */
const IDLE = Object.freeze({ isPending: false, isFailed: false });

/** What people do with the messages of a conversation. */
export class Deeds {
  uses = new Map();

  constructor(conversation) {
    this.conversation = conversation;
    this.talk = conversation.talk;
  }

  /** For the view of messages. */
  get all() {
    const { talk, conversation } = this;
    const { client } = talk;
    return {
      useOf: ({ id }) => this.uses.get(id) ?? IDLE,
      press: (message, customId, values) => void this.use(message, { customId, values }),
      optionSource: (select) => optionSource(talk, select),
      defaultOptions: (select) => defaultOptions(talk, select),
      react: (message, emoji, isOn) => void talk.act('reactions', { messageId: message.id, emoji, isOn }),
      pickReaction: (message, anchor) => this.pickReaction(message, anchor),
      reply: (message) => talk.composer.replyTo(message),
      edit: (message) => talk.composer.edit(message),
      delete: (message) => void talk.act('deletions', { messageId: message.id }),
      pin: (message, isPinned) => void talk.act('pins', { messageId: message.id, isPinned }),
      vote: (message, answerIds) => void talk.act('votes', { messageId: message.id, answerIds }),
      dismiss: (message) => conversation.remove([message.id]),
      copy: (text) => void this.copy(text),
      insert: (text) => talk.composer.insert(text),
      commands: (type) => talk.slash.ofType(type),
      runOn: (command, targetId) => void talk.slash.runOn(command, targetId),
      jump: (messageId) => void conversation.jump(messageId),
      redraw: ({ id }) => conversation.redraw(conversation.messages.findIndex((it) => it.id === id)),
      openPins: () => void openPins(talk, document.querySelector('#open-pins') ?? conversation.log),
      openDirect: (userId) => void client.openDirect(userId),
    };
  }

  /** Uses a component: it waits while the application thinks, and says so when that does not answer. */
  async use(message, { customId, values }) {
    const { talk } = this;
    this.note(message, { customId, isPending: true, isFailed: false });
    try {
      const use = { as: talk.me.id, channelId: talk.channelId, messageId: message.id, customId, values };
      const { status, modal } = await post('components', use);
      this.note(message, { ...IDLE, isFailed: status === 'failed' });
      if (modal) askModal(talk, modal);
    } catch (error) {
      this.note(message, IDLE);
      talk.composer.say(error.message);
    }
  }

  note(message, use) {
    this.uses.set(message.id, use);
    this.all.redraw(message);
  }

  pickReaction(message, anchor) {
    const { talk } = this;
    const at = anchor.matches('article') ? (anchor.querySelector('.tools') ?? anchor) : anchor;
    openEmojiPicker(at, {
      texts: talk.texts,
      emojis: talk.guild?.emojis ?? [],
      choose: (emoji) => this.all.react(message, emojiKey(emoji), true),
    });
  }

  async copy(text) {
    const { composer, texts } = this.talk;
    try {
      await navigator.clipboard.writeText(text);
      composer.say(texts.copied);
    } catch {
      composer.say(texts.copyFailed);
    }
  }
}
