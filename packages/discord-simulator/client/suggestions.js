import { h } from './dom.js';

/** What may be put into a pill, listed above it while one types. */
export class Suggestions {
  found = [];
  index = 0;

  constructor(field) {
    this.field = field;
    this.input = field.control;
    this.input.addEventListener('input', () => void this.fill());
    this.input.addEventListener('focus', () => void this.fill());
    this.input.addEventListener('blur', () => this.hide());
    this.input.addEventListener('keydown', (event) => this.press(event));
  }

  get list() {
    return this.field.form.list;
  }

  async fill() {
    const typed = this.input.value;
    if (this.field.chosen) return;
    try {
      const found = await this.field.source(typed);
      if (typed !== this.input.value || document.activeElement !== this.input) return;
      this.found = found;
      this.index = 0;
      this.draw();
    } catch (error) {
      this.field.form.say(error.message, true);
    }
  }

  draw() {
    const nodes = this.found.map((suggestion, index) =>
      h(
        'div.suggestion',
        {
          role: 'option',
          id: `${this.list.id}-${index}`,
          'aria-selected': String(index === this.index),
          onmousedown: (event) => {
            event.preventDefault();
            this.choose(index);
          },
        },
        suggestion.avatarUrl && h('img', { src: suggestion.avatarUrl, alt: '', width: 24, height: 24 }),
        suggestion.face?.(),
        h('b', {}, suggestion.label),
        suggestion.description && h('small', {}, suggestion.description),
      ),
    );
    const nothing = h('p.empty', { role: 'option' }, this.field.talk.texts.noneFound);
    this.list.replaceChildren(...(nodes.length > 0 ? nodes : [nothing]));
    this.list.hidden = false;
    this.list.children[this.index]?.scrollIntoView({ block: 'nearest' });
    this.input.setAttribute('aria-expanded', 'true');
    this.input.setAttribute('aria-activedescendant', `${this.list.id}-${this.index}`);
  }

  hide() {
    this.list.hidden = true;
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
  }

  choose(index) {
    this.field.choose(this.found[index]);
    this.hide();
    this.field.form.goOn(this.field);
  }

  press(event) {
    if (this.list.hidden || this.found.length === 0) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.index = (this.index + step + this.found.length) % this.found.length;
      this.draw();
    } else if (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey && this.input.value !== '')) {
      // What an application suggests is no duty: an empty field stays empty.
      if (this.input.value === '' && !this.field.option.required) return;
      this.choose(this.index);
    } else if (event.key === 'Escape') this.hide();
    else return;
    event.preventDefault();
  }
}
