import { h } from './dom.js';
import { isSystem } from './system-messages.js';
import { openMenu } from './menu.js';

const EPHEMERAL = 64;
const QUICK_REACTIONS = ['👍', '❤️', '😂', '🎉'];
/** Kinds of application commands. */
const COMMAND = { user: 2, message: 3 };

/** Where a menu opens that was asked for by keyboard: below what it belongs to. */
export function pointOf(event, node) {
  if (event.clientX || event.clientY) return { x: event.clientX, y: event.clientY };
  const { left, bottom } = node.getBoundingClientRect();
  return { x: left + 16, y: Math.min(bottom, innerHeight - 40) };
}

/** What can be done with a message. */
export function openMessageMenu(at, message, view, node) {
  const { texts } = view;
  const isEphemeral = (message.flags & EPHEMERAL) !== 0;
  const isMine = message.author.id === view.meId;
  const isPlain = !isEphemeral && !isSystem(message);
  const items = [
    view.canReact &&
      !isEphemeral && { label: texts.addReaction, icon: 'smile', act: () => view.pickReaction(message, node) },
    isMine && isPlain && !message.webhook_id && { label: texts.edit, icon: 'pencil', act: () => view.edit(message) },
    view.canWrite && isPlain && { label: texts.reply, icon: 'reply', act: () => view.reply(message) },
    view.canStartThread &&
      isPlain &&
      !message.thread && { label: texts.newThread, icon: 'thread', act: () => view.startThread(message) },
    null,
    apps(view, COMMAND.message, message.id),
    view.canPin &&
      isPlain && {
        label: message.pinned ? texts.unpin : texts.pin,
        icon: 'pin',
        act: () => view.pin(message, !message.pinned),
      },
    message.content !== '' && { label: texts.copyText, icon: 'copy', act: () => view.copy(message.content) },
    { label: texts.copyMessageId, icon: 'id', act: () => view.copy(message.id) },
    isEphemeral && { label: texts.dismissMessage, icon: 'close', act: () => view.dismiss(message) },
    !isEphemeral && (isMine || view.canManageMessages) && null,
    !isEphemeral &&
      (isMine || view.canManageMessages) && {
        label: texts.delete,
        icon: 'trash',
        isDanger: true,
        act: () => view.delete(message),
      },
  ];
  const first = view.canReact && !isEphemeral ? quickReactions(message, view) : undefined;
  openMenu(at, { name: texts.tools, items: withoutEmptyLines(items), first, back: node });
}

/** What can be done with a person. */
export function openPersonMenu(at, userId, { view, node }) {
  const { texts } = view;
  const items = [
    { label: texts.profile, icon: 'people', act: () => view.openPerson(userId, node) },
    view.canWrite && { label: texts.mention, icon: 'at', act: () => view.insert(`<@${userId}> `) },
    userId !== view.meId && { label: texts.sendMessage, icon: 'bubble', act: () => view.openDirect(userId) },
    null,
    apps(view, COMMAND.user, userId),
    { label: texts.copyUserId, icon: 'id', act: () => view.copy(userId) },
  ];
  openMenu(at, { name: view.names.user(userId), items: withoutEmptyLines(items), back: node });
}

/** Commands of applications that are used on people or on messages. */
function apps(view, type, targetId) {
  const commands = view.commands(type);
  return (
    commands.length > 0 && {
      label: view.texts.apps,
      icon: 'apps',
      items: commands.map((command) => ({
        label: command.label,
        image: command.application.avatarUrl,
        act: () => view.runOn(command, targetId),
      })),
    }
  );
}

function quickReactions(message, view) {
  const { texts } = view;
  return h(
    'div.quick-reactions',
    { role: 'none' },
    ...QUICK_REACTIONS.map((emoji) =>
      h(
        'button',
        {
          type: 'button',
          role: 'menuitem',
          tabindex: -1,
          'data-closes': '',
          'aria-label': `${texts.react} ${emoji}`,
          onclick: () => view.react(message, emoji, true),
        },
        emoji,
      ),
    ),
  );
}

function withoutEmptyLines(items) {
  const present = items.filter((it) => it !== false && it !== undefined);
  return present.filter(
    (it, index) => it !== null || (index > 0 && index < present.length - 1 && present[index - 1] !== null),
  );
}
