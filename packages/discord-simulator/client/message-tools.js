import { h } from './dom.js';
import { icon } from './icons.js';
import { openMessageMenu, pointOf } from './message-menu.js';
import { isSystem } from './system-messages.js';

const EPHEMERAL = 64;
const QUICK_REACTIONS = ['👍', '❤️', '😂'];
/** A finger that rests this long asks for the menu, in milliseconds. */
const LONG_PRESS_MS = 500;

/** What can be done with a message by pointing at it, by keyboard and by touch. Tools come when they are wanted: fifty messages have one set. */
export class MessageTools {
  constructor(conversation) {
    this.conversation = conversation;
    this.log = conversation.log;
    const at = (event) => event.target.closest?.('article.message');
    this.log.addEventListener('pointerover', (event) => this.show(at(event)));
    this.log.addEventListener('focusin', (event) => this.show(at(event)));
    this.log.addEventListener('contextmenu', (event) => this.menu(event, at(event)));
    this.log.addEventListener('keydown', (event) => this.press(event));
    this.listenToTouch(at);
  }

  messageOf(node) {
    return this.conversation.messages.find(({ id }) => id === node?.dataset.id);
  }

  show(node) {
    const message = this.messageOf(node);
    if (!message || node.querySelector(':scope > .tools')) return;
    for (const tools of this.log.querySelectorAll('article > .tools'))
      if (!tools.contains(document.activeElement)) tools.remove();
    node.append(renderTools(message, this.conversation.view(), node));
  }

  menu(event, node) {
    const message = this.messageOf(node);
    // What is selected, and where a link goes, is the browser's business.
    if (!message || event.target.closest('a, input, textarea, video') || event.shiftKey) return;
    event.preventDefault();
    openMessageMenu(pointOf(event, node), message, this.conversation.view(), node);
  }

  /** Arrows go from message to message. */
  press(event) {
    const { activeElement } = document;
    const isLog = activeElement === this.log;
    if (!isLog && !activeElement?.matches('article.message')) return;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step) return;
    const nodes = [...this.log.querySelectorAll('article.message')];
    const index = isLog ? nodes.length : nodes.indexOf(activeElement);
    const next = nodes[index + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
  }

  /** Not every browser asks for the menu when a finger rests. */
  listenToTouch(at) {
    let timer;
    const stop = () => clearTimeout(timer);
    this.log.addEventListener(
      'touchstart',
      (event) => {
        stop();
        const node = at(event);
        const [{ clientX: x, clientY: y }] = event.touches;
        const message = this.messageOf(node);
        if (!message || event.target.closest('a, button, input')) return;
        timer = setTimeout(() => openMessageMenu({ x, y }, message, this.conversation.view(), node), LONG_PRESS_MS);
      },
      { passive: true },
    );
    for (const name of ['touchend', 'touchmove', 'touchcancel', 'contextmenu'])
      this.log.addEventListener(name, stop, { passive: true });
  }
}

/** What can be done with a message, shown while it is pointed at. */
function renderTools(message, view, node) {
  const { texts } = view;
  const isMine = message.author.id === view.meId && !message.webhook_id;
  const isEphemeral = (message.flags & EPHEMERAL) !== 0;
  const isPlain = !isEphemeral && !isSystem(message);
  const tool = (sign, name, act) =>
    h(
      'button',
      { type: 'button', 'aria-label': name, title: name, onclick: (event) => act(event) },
      typeof sign === 'string' && sign in SIGNS ? icon(SIGNS[sign], 20) : sign,
    );
  const reactions = [
    ...QUICK_REACTIONS.map((emoji) => tool(emoji, `${texts.react} ${emoji}`, () => view.react(message, emoji, true))),
    tool('react', texts.addReaction, ({ currentTarget }) => view.pickReaction(message, currentTarget)),
  ];
  return h(
    'div.tools',
    { role: 'group', 'aria-label': texts.tools },
    ...(view.canReact && !isEphemeral ? reactions : []),
    view.canWrite && isPlain && tool('reply', texts.reply, () => view.reply(message)),
    isMine && isPlain && tool('edit', texts.edit, () => view.edit(message)),
    view.canStartThread &&
      isPlain &&
      !message.thread &&
      tool('thread', texts.newThread, () => view.startThread(message)),
    isMine && !isEphemeral && tool('delete', texts.delete, () => view.delete(message)),
    tool('more', texts.more, ({ currentTarget }) => {
      const { right, bottom } = currentTarget.getBoundingClientRect();
      openMessageMenu({ x: right - 200, y: bottom + 4 }, message, view, node);
    }),
  );
}

const SIGNS = { react: 'smile', reply: 'reply', edit: 'pencil', thread: 'thread', delete: 'trash', more: 'more' };
