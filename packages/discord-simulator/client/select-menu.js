import { h } from './dom.js';
import { renderEmoji } from './emoji.js';
import { icon } from './icons.js';

let count = 0;

/**
 * A field that opens a menu one can search; several things may be chosen where it takes them.
 * @typedef {{ value: string, label: string, description?: string, emoji?: object, avatarUrl?: string, face?: () => Node }} Option
 */
export class SelectMenu {
  /** @type {Option[]} */
  chosen = [];
  options = [];
  index = 0;

  /**
   * @param {object} settings
   * @param {string} settings.name what is chosen, for those who cannot see it
   * @param {string} settings.placeholder
   * @param {number} settings.min @param {number} settings.max how many may be chosen
   * @param {Option[]} settings.chosen at first
   * @param {(query: string) => Option[] | Promise<Option[]>} settings.search
   * @param {(values: string[]) => void} [settings.commit] called when the menu closes with another choice than before
   */
  constructor(settings) {
    this.settings = settings;
    this.chosen = settings.chosen;
    this.id = `select-${(count += 1)}`;
    this.button = h('button.select-button', {
      type: 'button',
      disabled: settings.disabled,
      'aria-haspopup': 'listbox',
      onclick: () => this.open(),
      onkeydown: (event) => {
        if (event.key !== 'ArrowDown') return;
        event.preventDefault();
        this.open();
      },
    });
    this.field = h('input.select-search', {
      type: 'text',
      role: 'combobox',
      autocomplete: 'off',
      placeholder: settings.texts.search,
      'aria-label': settings.texts.search,
      'aria-controls': this.id,
      'aria-expanded': 'true',
      oninput: () => void this.fill(),
      onkeydown: (event) => this.press(event),
    });
    this.list = h('div.select-list', {
      role: 'listbox',
      id: this.id,
      'aria-label': settings.name,
      'aria-multiselectable': String(settings.max > 1),
    });
    this.popup = h('div.select-popup', { popover: 'auto' }, this.field, this.list);
    this.popup.addEventListener('toggle', ({ newState }) => newState === 'closed' && this.closed());
    this.element = h('div.select', {}, this.button, this.popup);
    this.drawButton();
  }

  get values() {
    return this.chosen.map(({ value }) => value);
  }

  focus() {
    this.button.focus();
  }

  open() {
    if (this.popup.matches(':popover-open')) return;
    this.before = this.values.join();
    this.field.value = '';
    const at = this.button.getBoundingClientRect();
    this.popup.style.width = `${at.width}px`;
    this.popup.showPopover();
    this.place();
    this.field.focus();
    void this.fill();
  }

  /** Below the field, or above it where there is more room. */
  place() {
    const at = this.button.getBoundingClientRect();
    const below = innerHeight - at.bottom;
    const isAbove = below < 260 && at.top > below;
    this.popup.style.left = `${at.left}px`;
    this.popup.style.top = isAbove ? 'auto' : `${at.bottom + 4}px`;
    this.popup.style.bottom = isAbove ? `${innerHeight - at.top + 4}px` : 'auto';
    this.popup.style.maxHeight = `${Math.min(320, (isAbove ? at.top : below) - 12)}px`;
  }

  closed() {
    const { min, commit } = this.settings;
    if (this.values.join() === this.before) return;
    // Too few cannot be sent: what was chosen before stays.
    if (commit && this.chosen.length >= min) commit(this.values);
  }

  async fill() {
    const query = this.field.value.trim();
    let found;
    try {
      found = await this.settings.search(query);
    } catch {
      found = [];
    }
    if (query !== this.field.value.trim()) return;
    this.options = found;
    this.index = 0;
    this.draw();
  }

  draw() {
    const { texts } = this.settings;
    const nodes = this.options.map((option, index) => this.drawOption(option, index));
    this.list.replaceChildren(...(nodes.length > 0 ? nodes : [h('p.empty', { role: 'option' }, texts.noneFound)]));
    this.list.children[this.index]?.scrollIntoView({ block: 'nearest' });
    this.field.setAttribute('aria-activedescendant', `${this.id}-${this.index}`);
  }

  drawOption(option, index) {
    const isChosen = this.values.includes(option.value);
    return h(
      `div.select-option${index === this.index ? '.active' : ''}`,
      {
        role: 'option',
        id: `${this.id}-${index}`,
        'aria-selected': String(isChosen),
        onmousedown: (event) => event.preventDefault(),
        onclick: () => this.toggle(option),
      },
      renderFace(option),
      h('span.option-words', {}, h('b', {}, option.label), option.description && h('small', {}, option.description)),
      this.settings.max > 1 && h(`span.box${isChosen ? '.ticked' : ''}`, {}, isChosen && icon('check', 14)),
    );
  }

  toggle(option) {
    const { max, min } = this.settings;
    const isChosen = this.values.includes(option.value);
    if (max === 1) {
      this.chosen = isChosen && min === 0 ? [] : [option];
      this.drawButton();
      this.popup.hidePopover();
      this.button.focus();
      return;
    }
    if (isChosen) this.chosen = this.chosen.filter(({ value }) => value !== option.value);
    else if (this.chosen.length < max) this.chosen = [...this.chosen, option];
    this.drawButton();
    this.draw();
  }

  press(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.options.length > 0) {
      this.index = (this.index + step + this.options.length) % this.options.length;
      this.draw();
    } else if (event.key === 'Enter') {
      if (this.options[this.index]) this.toggle(this.options[this.index]);
    } else if (event.key === 'Tab' || event.key === 'Escape') {
      this.popup.hidePopover();
      this.button.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  drawButton() {
    const { placeholder, name, max } = this.settings;
    const words = this.chosen.map(({ label }) => label).join(', ');
    this.button.setAttribute('aria-label', words ? `${name}: ${words}` : name);
    this.button.replaceChildren(
      h(
        `span.select-shown${words ? '' : '.placeholder'}`,
        {},
        ...(words
          ? this.chosen.map((option) => h(`span.chosen${max > 1 ? '.pill' : ''}`, {}, renderFace(option), option.label))
          : [placeholder]),
      ),
      icon('chevron', 20),
    );
  }
}

function renderFace({ emoji, avatarUrl, face }) {
  if (emoji) return renderEmoji(emoji);
  if (avatarUrl) return h('img.option-face', { src: avatarUrl, alt: '', width: 24, height: 24 });
  return face?.() ?? null;
}
