import { cssColor, h } from './dom.js';
import { renderMarkdown } from './markdown.js';

const BUTTON = 2;
const BUTTON_STYLES = { 1: 'primary', 3: 'success', 4: 'danger', 5: 'link' };

const isWebLink = (url) => /^https?:\/\//.test(url ?? '');

/** @see https://docs.discord.com/developers/resources/message#embed-object */
export function renderEmbed(embed, { names, locale }) {
  const markdown = (text) => (text ? renderMarkdown(text, names) : []);
  const field = ({ name, value, inline }) =>
    h(`div${inline ? '.inline' : ''}`, {}, h('dt', {}, ...markdown(name)), h('dd', {}, ...markdown(value)));
  const title = isWebLink(embed.url)
    ? h('a', { href: embed.url, target: '_blank', rel: 'noreferrer noopener' }, embed.title ?? '')
    : embed.title;
  const stamp =
    embed.timestamp && new Date(embed.timestamp).toLocaleString(locale, { dateStyle: 'short', timeStyle: 'short' });
  const footer = [embed.footer?.text, stamp].filter(Boolean).join(' • ');
  const box = h(
    'div.embed',
    {},
    embed.author && h('p.embed-author', {}, embed.author.name),
    embed.title && h('p.embed-title', {}, title),
    embed.description && h('div', {}, ...markdown(embed.description)),
    embed.fields?.length > 0 && h('dl', {}, ...embed.fields.map(field)),
    footer && h('p.embed-footer', {}, footer),
  );
  box.style.borderColor = cssColor(embed.color);
  return box;
}

/** A row of buttons, or a select. @see https://docs.discord.com/developers/components/reference#action-row */
export function renderRow(row, message, view) {
  const render = (component) => (component.type === BUTTON ? renderButton : renderSelect)(component, message, view);
  return h('div.row', {}, ...(row.components ?? []).map(render));
}

function renderButton(button, message, view) {
  const style = BUTTON_STYLES[button.style] ?? 'secondary';
  const label = [button.emoji?.name, button.label].filter(Boolean).join(' ');
  if (isWebLink(button.url))
    return h('a.button', { href: button.url, target: '_blank', rel: 'noreferrer noopener' }, `${label} ↗`);
  return h(
    `button.button.${style}`,
    { type: 'button', disabled: button.disabled, onclick: () => view.press(message, button.custom_id) },
    label,
  );
}

function renderSelect(select, message, view) {
  const options = select.options ?? view.selectable(select.type);
  const prompt = select.placeholder ?? view.texts.choose;
  const isMultiple = (select.max_values ?? 1) > 1;
  const choose = ({ target }) =>
    view.press(
      message,
      select.custom_id,
      [...target.selectedOptions].map((it) => it.value),
    );
  return h(
    'select',
    { 'aria-label': prompt, disabled: select.disabled, multiple: isMultiple, onchange: choose },
    !isMultiple && h('option', { value: '', hidden: true }, prompt),
    ...options.map((option) => h('option', { value: option.value, selected: option.default }, option.label)),
  );
}
