import { h } from './dom.js';
import { commandField } from './command-fields.js';
import { icon } from './icons.js';
import { localized } from './texts.js';

/** The options of a command, each in a pill, in place of the composer. */
export class CommandForm {
  /** @param {import('./slash.js').SlashMenu} menu */
  constructor(menu) {
    const { talk } = menu;
    this.menu = menu;
    this.talk = talk;
    this.element = talk.part('command-form');
    this.element.setAttribute('novalidate', '');
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.run();
    });
    this.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.stopPropagation();
      this.close();
      this.talk.part('text').focus();
    });
  }

  open(command) {
    const { texts, locale } = this.talk;
    this.command = command;
    this.fields = command.options.map((option) => commandField(this, option));
    this.hint = h('p.command-hint', { role: 'status' });
    this.list = h('div.suggestions', {
      role: 'listbox',
      'aria-label': texts.suggestions,
      id: this.listId,
      hidden: true,
    });
    this.pills = h('div.pills');
    this.element.setAttribute('aria-label', `/${command.label}`);
    this.element.replaceChildren(
      this.list,
      this.hint,
      h(
        'div.command-line',
        {},
        h('b.command-name', { title: localized(command, 'description', locale) }, `/${command.label}`),
        this.pills,
        h(
          'button.icon',
          { type: 'button', 'aria-label': texts.cancel, title: texts.cancel, onclick: () => this.close() },
          icon('close', 18),
        ),
        h('button.icon.run', { type: 'submit', 'aria-label': texts.run, title: texts.run }, icon('send', 20)),
      ),
    );
    this.shown = this.fields.filter(({ option }) => option.required);
    if (this.shown.length === 0) this.shown = this.fields.slice(0, 1);
    this.draw();
    this.talk.part('composer').hidden = true;
    this.element.hidden = false;
    this.shown[0].focus();
  }

  get listId() {
    return `suggestions${this.talk.name}`;
  }

  draw() {
    const { texts, locale } = this.talk;
    const rest = this.fields.filter((field) => !this.shown.includes(field));
    const add = (field) => {
      this.shown = [...this.shown, field];
      this.draw();
      field.focus();
    };
    this.pills.replaceChildren(
      ...this.shown.map(({ element }) => element),
      ...rest.map((field) =>
        h(
          'button.add-option',
          { type: 'button', title: localized(field.option, 'description', locale), onclick: () => add(field) },
          `+ ${localized(field.option, 'name', locale)}`,
          h('small', {}, texts.optional),
        ),
      ),
    );
  }

  /** What the option that is filled in is about, or what is wrong with it. */
  say(text, isError = false) {
    this.hint.textContent = text;
    this.hint.classList.toggle('wrong', isError);
  }

  /** The next option that waits for a value. @returns whether there is one */
  goOn(after) {
    const later = this.shown.slice(this.shown.indexOf(after) + 1).find((field) => field.isEmpty());
    later?.focus();
    return later !== undefined;
  }

  close() {
    this.element.hidden = true;
    this.element.replaceChildren();
    this.talk.part('composer').hidden = false;
    this.talk.part('text').focus();
  }

  async run() {
    const wrong = this.fields.find((field) => field.fault());
    if (wrong) {
      wrong.focus();
      wrong.markWrong();
      return;
    }
    const { command } = this;
    const given = await Promise.all(this.fields.map(async (field) => [field.option.name, await field.read()]));
    this.close();
    await this.menu.run(command, Object.fromEntries(given.filter(([, value]) => value !== undefined)));
  }

  /** What the application suggests for what is typed. */
  async suggestionsFor(option, typed) {
    const isNumber = option.type === 4 || option.type === 10;
    if (isNumber && Number.isNaN(Number(typed))) return [];
    const others = this.fields.filter(
      (field) => field.option !== option && !field.isEmpty() && !field.fault() && !field.isFile,
    );
    const options = Object.fromEntries(
      await Promise.all(others.map(async (field) => [field.option.name, await field.read()])),
    );
    const value = isNumber ? Number(typed) : typed;
    const { choices = [], status } = await this.menu.post({
      name: this.command.path,
      options: { ...options, [option.name]: value },
      focused: option.name,
    });
    if (status === 'failed') throw new Error(this.talk.texts.noSuggestions);
    return choices.map((choice) => ({ value: choice.value, label: localized(choice, 'name', this.talk.locale) }));
  }
}
