import { h } from './dom.js';
import { faultOf, givenFile } from './files.js';
import { icon } from './icons.js';
import { optionSource } from './select-options.js';
import { Suggestions } from './suggestions.js';
import { localized } from './texts.js';

/** Option types. @see https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-type */
const TYPE = {
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
  attachment: 11,
};
/** The select component that offers what an option of this type may be. */
const SELECT_TYPES = { [TYPE.user]: 5, [TYPE.role]: 6, [TYPE.mentionable]: 7, [TYPE.channel]: 8 };

const isNumeric = ({ type }) => type === TYPE.integer || type === TYPE.number;

/** An option of a command in its pill. */
export function commandField(form, option) {
  return option.type === TYPE.attachment ? new FileField(form, option) : new TextField(form, option);
}

/** What all pills have. */
class Field {
  isFile = false;

  constructor(form, option) {
    this.form = form;
    this.option = option;
    this.talk = form.talk;
    this.name = localized(option, 'name', this.talk.locale);
  }

  drawPill(control) {
    this.element = h('label.pill', {}, h('span.pill-name', {}, this.name), control);
    control.addEventListener('focus', () => this.describe());
    control.addEventListener('input', () => {
      this.element.classList.remove('wrong');
      control.removeAttribute('aria-invalid');
      this.describe();
    });
  }

  describe() {
    if (this.element.classList.contains('wrong')) return;
    this.form.say(`${this.name} — ${localized(this.option, 'description', this.talk.locale)}`);
  }

  markWrong() {
    this.element.classList.add('wrong');
    this.control.setAttribute('aria-invalid', 'true');
    this.form.say(`${this.name} — ${this.fault()}`, true);
  }

  focus() {
    this.control.focus();
  }
}

/** An option that is typed, or found by typing. */
class TextField extends Field {
  chosen = null;

  constructor(form, option) {
    super(form, option);
    this.source = this.sourceOf();
    const isFound = this.source !== null;
    this.control = h('input', {
      type: 'text',
      inputmode: isNumeric(option) ? 'decimal' : null,
      autocomplete: 'off',
      'aria-label': this.name,
      'aria-required': String(option.required === true),
      role: isFound ? 'combobox' : null,
      'aria-expanded': isFound ? 'false' : null,
      'aria-controls': isFound ? form.listId : null,
      oninput: () => (this.chosen = null),
    });
    this.drawPill(this.control);
    if (isFound) this.suggestions = new Suggestions(this);
  }

  /** Where possible values come from; null for what is just typed. */
  sourceOf() {
    const { option, talk, form } = this;
    if (option.autocomplete) return (typed) => form.suggestionsFor(option, typed);
    const fixed = this.fixedChoices();
    if (fixed) return (typed) => fixed.filter(({ label }) => label.toLowerCase().includes(typed.toLowerCase()));
    if (!(option.type in SELECT_TYPES)) return null;
    return optionSource(talk, { type: SELECT_TYPES[option.type], channel_types: option.channel_types });
  }

  fixedChoices() {
    const { texts, locale } = this.talk;
    if (this.option.choices?.length > 0)
      return this.option.choices.map((choice) => ({ value: choice.value, label: localized(choice, 'name', locale) }));
    if (this.option.type !== TYPE.boolean) return null;
    return [true, false].map((value) => ({ value, label: value ? texts.yes : texts.no }));
  }

  choose(suggestion) {
    this.chosen = suggestion;
    this.control.value = suggestion.label;
  }

  isEmpty() {
    return this.control.value.trim() === '';
  }

  read() {
    if (this.isEmpty()) return undefined;
    if (this.chosen) return this.chosen.value;
    return isNumeric(this.option) ? Number(this.control.value.replace(',', '.')) : this.control.value;
  }

  /** What is wrong with the value, in words; null when it will do. */
  fault() {
    const { texts } = this.talk;
    if (this.isEmpty()) return this.option.required ? texts.optionRequired : null;
    if (this.chosen) return null;
    if (this.source && !this.option.autocomplete) return texts.chooseFromList;
    return isNumeric(this.option) ? this.numberFault() : this.textFault();
  }

  numberFault() {
    const { texts } = this.talk;
    const { type, min_value: minimum = -Infinity, max_value: maximum = Infinity } = this.option;
    const value = this.read();
    if (Number.isNaN(value) || (type === TYPE.integer && !Number.isInteger(value)))
      return type === TYPE.integer ? texts.wholeNumber : texts.anyNumber;
    if (value < minimum) return texts.atLeast(minimum);
    return value > maximum ? texts.atMost(maximum) : null;
  }

  textFault() {
    const { texts } = this.talk;
    const { min_length: minimum = 0, max_length: maximum = 6_000 } = this.option;
    const { length } = this.control.value;
    if (length < minimum) return texts.tooShort(minimum);
    return length > maximum ? texts.tooLong(maximum) : null;
  }
}

/** An option that is a file. */
class FileField extends Field {
  isFile = true;
  file = null;

  constructor(form, option) {
    super(form, option);
    const { texts } = this.talk;
    this.input = h('input.spoken', { type: 'file', tabindex: -1, 'aria-label': texts.chooseFile });
    this.control = h(
      'button.pill-file',
      { type: 'button', 'aria-label': this.name, onclick: () => this.input.click() },
      icon('upload', 16),
      h('span', {}, texts.chooseFile),
    );
    this.input.addEventListener('change', () => this.take(this.input.files[0]));
    this.drawPill(this.control);
    this.element.append(this.input);
    this.element.addEventListener('dragover', (event) => event.preventDefault());
    this.element.addEventListener('drop', (event) => {
      event.preventDefault();
      event.stopPropagation();
      this.take(event.dataTransfer.files[0]);
    });
  }

  take(file) {
    if (!file) return;
    this.file = file;
    this.control.lastChild.textContent = file.name;
    this.control.dispatchEvent(new Event('input'));
    if (this.fault()) this.markWrong();
  }

  isEmpty() {
    return this.file === null;
  }

  read() {
    return this.file ? givenFile(this.file) : undefined;
  }

  fault() {
    const { texts } = this.talk;
    if (this.file) return faultOf([this.file], texts);
    return this.option.required ? texts.optionRequired : null;
  }
}
