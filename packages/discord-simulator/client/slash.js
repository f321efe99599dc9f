import { get, post } from './api.js';
import { CommandForm } from './command-form.js';
import { byId, h } from './dom.js';
import { localized } from './texts.js';

const CHAT_INPUT = 1;
const SUBCOMMAND_TYPES = [1, 2];

/** Spreads subcommands, so that each line of the menu can be run. */
function runnable(command, locale) {
  const nested = (command.options ?? []).filter((option) => SUBCOMMAND_TYPES.includes(option.type));
  const own = {
    path: command.name,
    label: localized(command, 'name', locale),
    description: localized(command, 'description', locale),
  };
  if (nested.length === 0) return [{ ...own, options: command.options ?? [] }];
  return nested.flatMap((option) =>
    runnable(option, locale).map((inner) => ({
      ...inner,
      path: `${own.path} ${inner.path}`,
      label: `${own.label} ${inner.label}`,
    })),
  );
}

/** The menu that opens on "/": typing filters, Enter runs. */
export class SlashMenu {
  commands = [];
  shown = [];
  index = 0;

  constructor(client) {
    this.client = client;
    this.form = new CommandForm(client, (use) => this.post(use));
  }

  get isOpen() {
    return !byId('menu').hidden;
  }

  async load() {
    const { channelId, me, locale } = this.client;
    const commands = await get('commands', { as: me.id, channelId });
    if (channelId !== this.client.channelId) return;
    this.commands = commands
      .filter((command) => command.type === CHAT_INPUT)
      .flatMap((command) => runnable(command, locale));
  }

  close() {
    this.form.close();
    this.update('');
  }

  async update(text) {
    const isOpening = text === '/';
    this.filter(text);
    // A bot may have registered its commands since the channel was opened.
    if (!isOpening) return;
    await this.load();
    if (byId('text').value.startsWith('/')) this.filter(byId('text').value);
  }

  filter(text) {
    const wanted = text.startsWith('/') ? text.slice(1).trimEnd().toLowerCase() : null;
    this.shown =
      wanted === null ? [] : this.commands.filter((it) => it.label.startsWith(wanted) || it.path.startsWith(wanted));
    this.index = 0;
    this.draw();
  }

  draw() {
    const menu = byId('menu');
    const field = byId('text');
    menu.hidden = this.shown.length === 0;
    menu.setAttribute('aria-label', this.client.texts.commands);
    menu.replaceChildren(...this.shown.map((command, index) => this.drawCommand(command, index)));
    menu.children[this.index]?.scrollIntoView({ block: 'nearest' });
    if (this.isOpen) field.setAttribute('aria-activedescendant', `command-${this.index}`);
    else field.removeAttribute('aria-activedescendant');
  }

  drawCommand(command, index) {
    const keepFocus = (event) => event.preventDefault();
    return h(
      'div.command',
      {
        role: 'option',
        id: `command-${index}`,
        'aria-selected': String(index === this.index),
        onmousedown: keepFocus,
        onclick: () => this.choose(index),
      },
      h('b', {}, `/${command.label}`),
      ' ',
      h('span', {}, command.description),
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
    byId('text').value = '';
    if (!command) return;
    if (command.options.length === 0) void this.client.settle(this.post({ name: command.path }));
    else this.form.open(command);
  }

  post(use) {
    return post('commands', { as: this.client.me.id, channelId: this.client.channelId, ...use });
  }
}
