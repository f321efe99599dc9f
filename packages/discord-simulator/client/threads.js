import { get, post } from './api.js';
import { byId, h } from './dom.js';
import { openDialog } from './forms.js';
import { icon } from './icons.js';
import { closePopover, openPopover } from './popover.js';
import { Talk } from './talk.js';

const NAME_LENGTH = 100;

/** A thread or a post, beside the channel it is in; over it on a narrow screen. */
export class ThreadPanel {
  constructor(client) {
    this.client = client;
    this.panel = byId('thread');
    this.head = h('header');
    const root = h('div.talk');
    this.panel.append(this.head, root);
    this.talk = new Talk(client, root, '-thread');
  }

  get thread() {
    return this.talk.channel;
  }

  async open(thread) {
    this.panel.hidden = false;
    document.body.classList.add('thread-open');
    const opened = this.talk.open(thread);
    this.draw();
    await opened;
  }

  close() {
    if (this.panel.hidden) return;
    this.panel.hidden = true;
    document.body.classList.remove('thread-open');
    void this.talk.open(null);
  }

  /** The thread may have been renamed, archived or deleted. */
  changed() {
    if (this.panel.hidden) return;
    if (!this.thread) return this.close();
    this.talk.composer.update(this.thread);
    this.draw();
  }

  draw() {
    const { client, thread } = this;
    const { texts } = client;
    const { isArchived, isLocked, isJoined } = thread.thread;
    const button = (text, path, body) =>
      h('button.text-button', { type: 'button', onclick: () => void this.talk.act(path, body) }, text);
    this.panel.setAttribute('aria-label', `${texts.thread}: ${thread.name}`);
    const parts = [
      icon('thread'),
      h('h2', { title: thread.name }, thread.name),
      isArchived && h('span.tag', {}, texts.archived),
      isLocked && h('span.tag', {}, texts.locked),
      button(isJoined ? texts.leaveThread : texts.joinThread, 'threads/membership', { isIn: !isJoined }),
      thread.thread.canManage &&
        button(isArchived ? texts.unarchive : texts.archive, 'threads/archive', { isArchived: !isArchived }),
      h(
        'button.icon',
        {
          type: 'button',
          'aria-label': texts.closeThread,
          title: texts.closeThread,
          onclick: () => {
            this.close();
            client.draw();
          },
        },
        icon('close'),
      ),
    ];
    this.head.replaceChildren(...parts.filter(Boolean));
  }
}

/** The threads of a channel: those people talk in, and those that were put away. */
export async function openThreadList(client, channel, anchor) {
  const { texts } = client;
  try {
    const threads = await get('threads', { as: client.me.id, channelId: channel.id });
    const isArchived = ({ thread }) => thread.isArchived;
    const group = (name, items) =>
      items.length > 0 ? [h('h3', {}, `${name} — ${items.length}`), ...items.map((it) => drawEntry(client, it))] : [];
    const start = h(
      'button.button.primary',
      {
        type: 'button',
        onclick: () => {
          closePopover();
          askThread(client, channel);
        },
      },
      texts.newThread,
    );
    const content = h(
      'div.thread-list',
      {},
      h('div.list-head', {}, icon('thread'), h('h2', {}, texts.threads), channel.canStartThread && start),
      threads.length === 0 && h('p.empty', {}, texts.noThreads),
      ...group(
        texts.activeThreads,
        threads.filter((it) => !isArchived(it)),
      ),
      ...group(texts.archivedThreads, threads.filter(isArchived)),
    );
    openPopover(anchor, { name: texts.threads, side: 'below', content });
  } catch (error) {
    client.talk.composer.say(error.message);
  }
}

function drawEntry(client, card) {
  const { texts, locale } = client;
  return h(
    'button.thread-entry',
    {
      type: 'button',
      onclick: () => {
        closePopover();
        openCard(client, card);
      },
    },
    h('b', {}, card.name),
    h(
      'small',
      {},
      [texts.startedBy(card.owner.name), texts.messageCount(card.thread.messageCount), agoOf(card, locale)].join(' · '),
    ),
  );
}

/** Opens a thread of a list: archived ones are not known until then. */
export function openCard(client, card) {
  client.known.putChannel(card);
  client.reads.begin([card]);
  void client.openChannel(client.known.channel(card.id));
}

/** How long ago something was last said, in words. */
export function agoOf({ lastMessageId, id }, locale) {
  const DISCORD_EPOCH_MS = 1_420_070_400_000;
  const atMs = Number(BigInt(lastMessageId ?? id) >> 22n) + DISCORD_EPOCH_MS;
  const minutes = Math.round((Date.now() - atMs) / 60_000);
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  if (minutes < 60) return words.format(-minutes, 'minute');
  return minutes < 1_440
    ? words.format(-Math.round(minutes / 60), 'hour')
    : words.format(-Math.round(minutes / 1_440), 'day');
}

/** Asks how a new thread is called: one of its own, one on a message, or a post in a forum. */
export function askThread(client, channel, message) {
  const { texts } = client;
  const isForum = channel.kind === 'forum';
  const title = isForum ? texts.newPost : texts.newThread;
  const name = h('input', { required: true, maxlength: NAME_LENGTH });
  const content = h('textarea', { required: isForum, maxlength: 2_000, rows: 3 });
  const secret = h('input', { type: 'checkbox' });
  const problem = h('p.problem', { role: 'alert' });
  const submit = async (event) => {
    event.preventDefault();
    try {
      const thread = await post('threads', {
        as: client.me.id,
        channelId: channel.id,
        name: name.value,
        messageId: message?.id,
        content: content.value.trim() || undefined,
        isPrivate: secret.checked,
      });
      byId('dialog').close();
      openCard(client, thread);
    } catch (error) {
      problem.textContent = error.message;
    }
  };
  const mayHide = !isForum && !message;
  openDialog(
    title,
    h(
      'form',
      { method: 'dialog', onsubmit: (event) => void submit(event) },
      h('h2', {}, title),
      h('p.hint', {}, isForum ? (channel.topic ?? '') : texts.threadHint),
      h('label', {}, h('b', {}, isForum ? texts.postTitle : texts.threadName), name),
      h('label', {}, h('b', {}, texts.startMessage), content),
      mayHide && h('label.check', {}, secret, h('span', {}, texts.privateThread)),
      problem,
      h(
        'div.actions',
        {},
        h('button.button.secondary', { type: 'button', onclick: () => byId('dialog').close() }, texts.cancel),
        h('button.button.primary', { type: 'submit' }, texts.create),
      ),
    ),
  );
}
