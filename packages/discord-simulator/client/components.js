import { cssColor, h } from './dom.js';
import { cover, renderFile, renderGallery } from './attachments.js';
import { renderEmoji } from './emoji.js';
import { icon } from './icons.js';
import { renderMarkdown } from './markdown.js';
import { isWebLink, linkTo, renderImage } from './media.js';
import { SelectMenu } from './select-menu.js';

const STYLES = { 1: 'primary', 2: 'secondary', 3: 'success', 4: 'danger', 6: 'premium' };

/** How each type of component is drawn. @see https://docs.discord.com/developers/components/reference */
const RENDERERS = {
  1: (row, context) => h('div.row', {}, ...(row.components ?? []).map((it) => renderComponent(it, context))),
  2: renderButton,
  3: renderSelect,
  5: renderSelect,
  6: renderSelect,
  7: renderSelect,
  8: renderSelect,
  9: renderSection,
  10: ({ content }, { view }) => h('div.text-display', {}, ...renderMarkdown(content, view.names)),
  11: renderThumbnail,
  12: ({ items }, { view }) =>
    renderGallery(
      items.map(({ media, description, spoiler }) => ({ media, alt: description ?? '', isSpoiler: spoiler === true })),
      view,
    ),
  13: renderFileComponent,
  14: ({ divider, spacing }) =>
    h(`hr.separator${spacing === 2 ? '.wide' : ''}${divider === false ? '.invisible' : ''}`),
  17: renderContainer,
};

/** A component of a message. */
export function renderComponent(component, context) {
  return RENDERERS[component.type]?.(component, context) ?? null;
}

/** All components of a message, and what came of the one that was used last. */
export function renderComponents(message, view) {
  if (message.components.length === 0) return null;
  const context = { message, view, use: view.useOf(message) };
  return h(
    'div.components',
    {},
    ...message.components.map((it) => renderComponent(it, context)),
    context.use.isFailed && h('p.failed', { role: 'alert' }, icon('warning', 16), view.texts.interactionFailed),
  );
}

function renderButton(button, { message, view, use }) {
  const words = [button.emoji && renderEmoji(button.emoji), button.label && h('span', {}, button.label)];
  if (isWebLink(button.url) && !button.disabled)
    return h('a.button.secondary.link', linkTo(button.url), ...words, icon('outside', 16));
  const isPending = use.customId === button.custom_id && use.isPending;
  return h(
    `button.button.${STYLES[button.style] ?? 'secondary'}${isPending ? '.pending' : ''}`,
    {
      type: 'button',
      disabled: button.disabled || button.style === 6 || button.url !== undefined,
      'aria-label': button.label ? null : (button.emoji?.name ?? null),
      'aria-busy': isPending ? 'true' : null,
      onclick: () => isPending || view.press(message, button.custom_id),
    },
    ...(isPending ? [h('span.spoken', {}, button.label ?? ''), h('span.dots', { 'aria-hidden': 'true' })] : words),
  );
}

function renderSelect(select, { message, view, use }) {
  const name = select.placeholder || view.texts.choose;
  const { element } = new SelectMenu({
    name,
    placeholder: name,
    texts: view.texts,
    disabled: select.disabled || (use.isPending && use.customId === select.custom_id),
    min: select.min_values ?? 1,
    max: select.max_values ?? 1,
    chosen: use.customId === select.custom_id && use.chosen ? use.chosen : view.defaultOptions(select),
    search: view.optionSource(select),
    commit: (values) => view.press(message, select.custom_id, values),
  });
  return element;
}

function renderSection({ components, accessory }, context) {
  return h(
    'div.section',
    {},
    h('div.section-words', {}, ...components.map((it) => renderComponent(it, context))),
    accessory && h('div.accessory', {}, renderComponent(accessory, context)),
  );
}

function renderThumbnail({ media, description, spoiler }, { view }) {
  const image = h('div.thumbnail', {}, renderImage('img', media, description ?? ''));
  return spoiler ? cover(image, view.texts) : image;
}

function renderFileComponent({ file, name, size, spoiler }, { view }) {
  const card = renderFile({ name: name ?? file.url.split('/').at(-1), size, url: file.url }, view);
  return spoiler ? cover(card, view.texts) : card;
}

function renderContainer({ components, accent_color: color, spoiler }, context) {
  const box = h(
    `div.container${color ? '.accented' : ''}`,
    {},
    ...components.map((it) => renderComponent(it, context)),
  );
  box.style.borderLeftColor = cssColor(color);
  return spoiler ? cover(box, context.view.texts) : box;
}
