import { h } from './dom.js';
import { givenFile, pickFiles } from './files.js';
import { defaultOptions, optionSource } from './select-options.js';
import { SelectMenu } from './select-menu.js';

const PARAGRAPH = 2;
const MAX_TEXT = 4_000;
const TYPE = { text: 4, upload: 19, radio: 21, checkboxes: 22, checkbox: 23 };

let count = 0;

/**
 * A field of a modal: how it looks, what is filled in, and whether that will do.
 * @returns {{ id: string, element: HTMLElement, read: () => unknown, check: () => boolean, focus: () => void }}
 */
export function modalField(talk, input) {
  const kinds = {
    [TYPE.text]: textField,
    [TYPE.upload]: uploadField,
    [TYPE.radio]: choiceField,
    [TYPE.checkboxes]: choiceField,
    [TYPE.checkbox]: checkboxField,
  };
  const fieldId = `field-${(count += 1)}`;
  const { control, read, faultOf, focus, below } = (kinds[input.type] ?? selectField)(talk, input, fieldId);
  const error = h('p.field-error', { id: `${fieldId}-error`, role: 'alert', hidden: true });
  const check = () => {
    const fault = faultOf();
    error.textContent = fault ?? '';
    error.hidden = !fault;
    control.setAttribute('aria-invalid', String(Boolean(fault)));
    return !fault;
  };
  // One is told at the latest when sending, and then until it is right.
  control.addEventListener('input', () => !error.hidden && check());
  const isRequired = input.required !== false && input.type !== TYPE.checkbox;
  const element = h(
    'div.field',
    {},
    h(
      'label',
      { for: fieldId, id: `${fieldId}-label` },
      input.label,
      isRequired && h('span.required', { 'aria-hidden': 'true' }, '*'),
    ),
    input.description && h('p.field-hint', { id: `${fieldId}-hint` }, input.description),
    control,
    below,
    error,
  );
  return { id: input.custom_id, element, read, check, focus };
}

function textField({ texts }, input, id) {
  const maximum = input.max_length ?? MAX_TEXT;
  const minimum = input.min_length ?? 0;
  const isRequired = input.required !== false;
  const control = h(input.style === PARAGRAPH ? 'textarea' : 'input', {
    id,
    placeholder: input.placeholder,
    maxlength: maximum,
    rows: input.style === PARAGRAPH ? 4 : null,
    required: isRequired,
    autocomplete: 'off',
    'aria-describedby': `${id}-error`,
  });
  control.value = input.value ?? '';
  const counter = h('span.field-count', { 'aria-hidden': 'true' });
  const tell = () => (counter.textContent = `${control.value.length}/${maximum}`);
  control.addEventListener('input', tell);
  tell();
  const faultOf = () => {
    const { length } = control.value;
    if (length === 0) return isRequired ? texts.required : null;
    return length < minimum ? texts.tooShort(minimum) : null;
  };
  const showsCount = input.style === PARAGRAPH || input.max_length !== undefined;
  return { control, read: () => control.value, faultOf, focus: () => control.focus(), below: showsCount && counter };
}

function selectField(talk, input) {
  const { texts } = talk;
  const isRequired = input.required !== false;
  const minimum = isRequired ? (input.min_values ?? 1) : 0;
  const select = new SelectMenu({
    name: input.label ?? input.placeholder ?? texts.choose,
    placeholder: input.placeholder || texts.choose,
    texts,
    disabled: false,
    min: minimum,
    max: input.max_values ?? 1,
    chosen: defaultOptions(talk, input),
    search: optionSource(talk, input),
  });
  return {
    control: select.element,
    read: () => select.values,
    faultOf: () => (select.values.length < minimum ? texts.chooseAtLeast(minimum) : null),
    focus: () => select.focus(),
  };
}

function choiceField({ texts }, input, id) {
  const isMany = input.type === TYPE.checkboxes;
  const boxes = input.options.map((option) => {
    const box = h('input', { type: isMany ? 'checkbox' : 'radio', name: id, value: option.value });
    box.checked = option.default === true;
    return { box, option };
  });
  const control = h(
    'div.choices',
    { role: isMany ? 'group' : 'radiogroup', id, 'aria-labelledby': `${id}-label` },
    ...boxes.map(({ box, option }) =>
      h('label', {}, box, h('span', {}, option.label, option.description && h('small', {}, option.description))),
    ),
  );
  const values = () => boxes.filter(({ box }) => box.checked).map(({ option }) => option.value);
  const minimum = input.required === false ? 0 : (input.min_values ?? 1);
  const maximum = isMany ? (input.max_values ?? boxes.length) : 1;
  const faultOf = () => {
    if (values().length < minimum) return texts.chooseAtLeast(minimum);
    return values().length > maximum ? texts.chooseAtMost(maximum) : null;
  };
  return { control, read: values, faultOf, focus: () => boxes[0].box.focus() };
}

function checkboxField(_talk, input, id) {
  const control = h('input', { type: 'checkbox', id });
  control.checked = input.default === true;
  return { control, read: () => control.checked, faultOf: () => null, focus: () => control.focus() };
}

function uploadField({ texts, locale }, input, id) {
  const minimum = input.required === false ? 0 : (input.min_values ?? 1);
  const maximum = input.max_values ?? 1;
  const picked = pickFiles({ texts, locale, id, maximum });
  return {
    control: picked.element,
    read: () => Promise.all(picked.files.map(givenFile)),
    faultOf: () => (picked.files.length < minimum ? texts.chooseFiles(minimum) : null),
    focus: () => picked.focus(),
  };
}
