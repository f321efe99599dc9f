import { cssColor, h } from './dom.js';
import { renderGallery } from './attachments.js';
import { renderMarkdown } from './markdown.js';
import { isWebLink, linkTo, renderImage } from './media.js';

const PER_ROW = 3;

/** @see https://docs.discord.com/developers/resources/message#embed-object */
export function renderEmbed(embed, view) {
  const { names, locale } = view;
  const markdown = (text) => renderMarkdown(text, names);
  const box = h(
    `div.embed${embed.thumbnail ? '.with-thumbnail' : ''}`,
    {},
    embed.provider?.name && h('p.embed-provider', {}, embed.provider.name),
    embed.author && renderAuthor(embed.author),
    embed.title && h('p.embed-title', {}, linked(embed.url, ...markdown(embed.title))),
    embed.description && h('div.embed-description', {}, ...markdown(embed.description)),
    embed.fields?.length > 0 && renderFields(embed.fields, markdown),
    embed.thumbnail && renderImage('img.embed-thumbnail', embed.thumbnail),
    embed.image &&
      h('div.embed-image', {}, renderGallery([{ media: embed.image, alt: embed.title ?? '', isSpoiler: false }], view)),
    renderFooter(embed, locale),
  );
  box.style.borderLeftColor = cssColor(embed.color);
  return box;
}

const linked = (url, ...children) => (isWebLink(url) ? h('a', linkTo(url), ...children) : h('span', {}, ...children));

function renderAuthor({ name, url, icon_url: iconUrl }) {
  return h('p.embed-author', {}, iconUrl && renderImage('img.embed-icon', { url: iconUrl }), linked(url, name ?? ''));
}

/** Fields that want to stand side by side do so by three. */
function renderFields(fields, markdown) {
  const rows = [];
  for (const field of fields) {
    const row = rows.at(-1);
    if (field.inline && row?.[0].inline && row.length < PER_ROW) row.push(field);
    else rows.push([field]);
  }
  const draw = ({ name, value }, span) =>
    h(`div.span-${span}`, {}, h('dt', {}, ...markdown(name)), h('dd', {}, ...markdown(value)));
  return h('dl', {}, ...rows.flatMap((row) => row.map((field) => draw(field, 12 / row.length))));
}

function renderFooter({ footer, timestamp }, locale) {
  const when = timestamp && new Date(timestamp).toLocaleString(locale, { dateStyle: 'short', timeStyle: 'short' });
  const words = [footer?.text, when].filter(Boolean).join(' • ');
  if (words === '') return null;
  return h('p.embed-footer', {}, footer?.icon_url && renderImage('img.embed-icon', { url: footer.icon_url }), words);
}
