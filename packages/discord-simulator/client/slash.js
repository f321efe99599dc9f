import { get, post } from './api.js';
import { CommandForm } from './command-form.js';
import { h } from './dom.js';
import { localized } from './texts.js';
import { unansweredMessage } from './unanswered.js';

const CHAT_INPUT = 1;
const SUBCOMMAND_TYPES = [1, 2];

/** Spreads subcommands, so that each line of the menu can be run. */
function runnable(command, locale) {
  const nested = (command.options ?? []).filter((option) => SUBCOMMAND_TYPES.includes(option.type));
  const own = {
    path: command.name,
    label: localized(command, 'name', locale),
    description: localized(command, 'description', locale),
    application: command.application,
  };
  if (nested.length === 0) return [{ ...own, options: command.options ?? [] }];
  return nested.flatMap((option) =>
    runnable(option, locale).map((inner) => ({
      ...inner,
      application: own.application,
      path: `${own.path} ${inner.path}`,
      label: `${own.label} ${inner.label}`,
    })),
  );
}

/** The menu that opens on "/": typing filters, Enter runs. */
export class SlashMenu {
  all = [];
  commands = [];
  shown = [];
  index = 0;

  constructor(talk) {
    this.talk = talk;
    this.form = new CommandForm(this);
  }

  get isOpen() {
    return !this.talk.part('menu').hidden;
  }

  /** Commands that are chosen from the menu of a person (2) or a message (3). */
  ofType(type) {
    const { locale } = this.talk;
    return this.all
      .filter((command) => command.type === type)
      .map((command) => ({
        name: command.name,
        type,
        label: localized(command, 'name', locale),
        application: command.application,
      }));
  }

  async load() {
    const { channelId, me, locale } = this.talk;
    // Without its commands a channel is still good for talking.
    const commands = await get('commands', { as: me.id, channelId }).catch(() => []);
    if (channelId !== this.talk.channelId) return;
    this.all = commands;
    this.commands = commands
      .filter((command) => command.type === CHAT_INPUT)
      .flatMap((command) => runnable(command, locale));
  }

  close() {
    if (!this.talk.part('command-form').hidden) this.form.close();
    void this.update('');
  }

  async update(text) {
    const isOpening = text === '/';
    this.filter(text);
    if (this.takeWhole(text)) return;
    // A bot may have registered its commands since the channel was opened.
    if (!isOpening) return;
    await this.load();
    if (this.talk.part('text').value.startsWith('/')) this.filter(this.talk.part('text').value);
  }

  /** A name that was typed out, and a space, is a choice. @returns whether it was one */
  takeWhole(text) {
    if (!/^\/.+ $/.test(text)) return false;
    const index = this.shown.findIndex(
      (it) => [it.label, it.path].includes(text.slice(1, -1)) && it.options.length > 0,
    );
    if (index >= 0) this.choose(index);
    return index >= 0;
  }

  filter(text) {
    const wanted = text.startsWith('/') ? text.slice(1).trimEnd().toLowerCase() : null;
    this.shown =
      wanted === null ? [] : this.commands.filter((it) => it.label.startsWith(wanted) || it.path.startsWith(wanted));
    this.index = 0;
    this.draw();
  }

  draw() {
    const menu = this.talk.part('menu');
    const field = this.talk.part('text');
    menu.hidden = this.shown.length === 0;
    menu.setAttribute('aria-label', this.talk.texts.commands);
    menu.replaceChildren(...this.shown.map((command, index) => this.drawCommand(command, index)));
    menu.children[this.index]?.scrollIntoView({ block: 'nearest' });
    if (this.isOpen) field.setAttribute('aria-activedescendant', `command${this.talk.name}-${this.index}`);
    else field.removeAttribute('aria-activedescendant');
  }

  drawCommand(command, index) {
    const { avatarUrl, name } = command.application;
    const keepFocus = (event) => event.preventDefault();
    const options = command.options.map((option) =>
      h(`i${option.required ? '.required' : ''}`, {}, localized(option, 'name', this.talk.locale)),
    );
    return h(
      'div.command',
      {
        role: 'option',
        id: `command${this.talk.name}-${index}`,
        'aria-label': `/${command.label} ${command.description}`,
        'aria-selected': String(index === this.index),
        onmousedown: keepFocus,
        onclick: () => this.choose(index),
      },
      h('img', { src: avatarUrl, alt: '', width: 28, height: 28 }),
      h(
        'span.command-words',
        {},
        h('b', {}, `/${command.label}`),
        h('span.command-options', {}, ...options),
        h('span.command-description', {}, command.description),
      ),
      h('small', {}, name),
    );
  }

  /** Takes a key while the menu is open. Returns whether it did. */
  press(event) {
    if (!this.isOpen) return false;
    const act = {
      ArrowUp: () => this.move(-1),
      ArrowDown: () => this.move(1),
      Enter: () => this.choose(this.index),
      Tab: () => this.choose(this.index),
      Escape: () => this.filter(''),
    }[event.key];
    if (!act || event.shiftKey) return false;
    event.preventDefault();
    act();
    return true;
  }

  move(step) {
    this.index = (this.index + step + this.shown.length) % this.shown.length;
    this.draw();
  }

  choose(index) {
    const command = this.shown[index];
    this.filter('');
    this.talk.part('text').value = '';
    if (!command) return;
    if (command.options.length === 0) void this.run(command);
    else this.form.open(command);
  }

  /** Runs a command; when the application stays silent, the conversation says so. */
  run(command, options = {}) {
    const use = this.post({ name: command.path, options });
    return this.talk.settle(this.orUnanswered(use, { ...command, name: command.path, type: CHAT_INPUT }));
  }

  /** Uses a command of a menu on a person or a message. */
  runOn(command, targetId) {
    const { me, channelId } = this.talk;
    const use = post('context-menus', { as: me.id, channelId, name: command.name, targetId });
    return this.talk.settle(this.orUnanswered(use, command));
  }

  async orUnanswered(use, command) {
    const outcome = await use;
    if (outcome.status !== 'failed') return outcome;
    this.talk.conversation.put(unansweredMessage(this.talk, command));
    return {};
  }

  post(use) {
    return post('commands', { as: this.talk.me.id, channelId: this.talk.channelId, ...use });
  }
}
