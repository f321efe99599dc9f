import { byId, h } from './dom.js';
import { localized } from './texts.js';

/** Option types. @see https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-type */
const TYPE = { integer: 4, boolean: 5, user: 6, channel: 7, role: 8, mentionable: 9, number: 10 };
/** The select component that offers what an option of this type may be. */
const SELECT_TYPES = { [TYPE.user]: 5, [TYPE.role]: 6, [TYPE.mentionable]: 7, [TYPE.channel]: 8 };

/** The options of a command as fields above the composer. */
export class CommandForm {
  constructor(client, post) {
    this.client = client;
    this.post = post;
    this.element = byId('command-form');
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.run();
    });
    this.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      this.close();
      byId('text').focus();
    });
  }

  open(command) {
    const { texts } = this.client;
    this.command = command;
    this.fields = command.options.map((option) => this.field(option));
    this.element.setAttribute('aria-label', `/${command.label}`);
    this.element.replaceChildren(
      h('b.command-name', {}, `/${command.label}`),
      ...this.fields.map(({ element }) => element),
      h('button.button.primary', { type: 'submit' }, texts.run),
      h('button.button.secondary', { type: 'button', onclick: () => this.close() }, texts.cancel),
    );
    this.element.hidden = false;
    this.element.querySelector('input, select')?.focus();
  }

  close() {
    this.element.hidden = true;
    this.element.replaceChildren();
  }

  async run() {
    const { path } = this.command;
    const options = Object.fromEntries(
      this.fields.map((field) => [field.name, field.read()]).filter(([, value]) => value !== undefined),
    );
    this.close();
    byId('text').focus();
    await this.client.settle(this.post({ name: path, options }));
  }

  field(option) {
    const { locale, texts } = this.client;
    const input = this.input(option);
    input.setAttribute('aria-label', localized(option, 'name', locale));
    const read = () => {
      if (input.value === '') return undefined;
      if (option.type === TYPE.boolean) return input.value === 'true';
      return option.type === TYPE.integer || option.type === TYPE.number ? Number(input.value) : input.value;
    };
    const name = h(
      'span',
      {},
      localized(option, 'name', locale),
      !option.required && h('small', {}, ` ${texts.optional}`),
    );
    return {
      name: option.name,
      read,
      element: h('label', { title: localized(option, 'description', locale) }, name, input),
    };
  }

  input(option) {
    const choices = this.choicesOf(option);
    const { texts } = this.client;
    if (choices) {
      const prompt = h('option', { value: '' }, texts.choose);
      return h(
        'select',
        { required: option.required },
        prompt,
        ...choices.map(({ value, label }) => h('option', { value: String(value) }, label)),
      );
    }
    const isNumber = option.type === TYPE.integer || option.type === TYPE.number;
    const input = h('input', {
      type: isNumber ? 'number' : 'text',
      step: option.type === TYPE.number ? 'any' : null,
      required: option.required,
      min: option.min_value,
      max: option.max_value,
      autocomplete: 'off',
    });
    if (option.autocomplete) this.suggest(option, input);
    return input;
  }

  choicesOf(option) {
    const { client } = this;
    if (option.choices)
      return option.choices.map((choice) => ({ value: choice.value, label: localized(choice, 'name', client.locale) }));
    if (option.type === TYPE.boolean)
      return [true, false].map((value) => ({ value, label: value ? client.texts.yes : client.texts.no }));
    return option.type in SELECT_TYPES ? client.selectable(SELECT_TYPES[option.type]) : null;
  }

  suggest(option, input) {
    const list = h('datalist', { id: `suggestions-${option.name}` });
    input.setAttribute('list', list.id);
    input.addEventListener('focus', () => input.after(list), { once: true });
    input.addEventListener('input', async () => {
      const { path } = this.command;
      const typed = input.value;
      try {
        const { choices = [] } = await this.post({
          name: path,
          options: { [option.name]: typed },
          focused: option.name,
        });
        if (typed === input.value)
          list.replaceChildren(...choices.map((choice) => h('option', { value: String(choice.value) }, choice.name)));
      } catch (error) {
        this.client.composer.say(error.message);
      }
    });
  }
}
