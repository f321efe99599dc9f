import { h } from './dom.js';
import { icon } from './icons.js';
import { openLightbox } from './lightbox.js';
import { linkTo, localUrl, renderImage, sizeOf } from './media.js';

const IS_SPOILER = 8;
/** How big a single image is shown at most. */
const MOST_WIDE_PX = 550;
const MOST_HIGH_PX = 350;

const isImage = ({ content_type: type }) => /^image\/(?!svg)/.test(type ?? '');

/** The files of a message: images in a grid, all others as cards. @see https://docs.discord.com/developers/resources/message#attachment-object */
export function renderAttachments(attachments, view) {
  const images = attachments.filter(isImage);
  const others = attachments.filter((it) => !isImage(it));
  return [
    images.length > 0 &&
      renderGallery(
        images.map((it) => ({
          media: it,
          alt: it.description ?? it.filename,
          isSpoiler: ((it.flags ?? 0) & IS_SPOILER) !== 0 || it.filename.startsWith('SPOILER_'),
        })),
        view,
      ),
    ...others.map((it) => renderOther(it, view)),
  ];
}

/**
 * Images side by side; pressing one shows it big.
 * @param {{ media: { url: string }, alt: string, isSpoiler: boolean }[]} items
 */
export function renderGallery(items, view) {
  const { texts } = view;
  const big = items.map(({ media, alt }) => ({ src: localUrl(media.url), alt })).filter(({ src }) => src);
  const draw = ({ media, alt, isSpoiler }) => {
    const open = () => {
      const at = big.findIndex(({ src }) => src === localUrl(media.url));
      if (at >= 0) openLightbox(big, at, texts);
    };
    const button = h('button.gallery-item', { type: 'button', 'aria-label': alt || texts.image, onclick: open });
    button.append(items.length === 1 ? fitted(renderPicture(media, alt), media) : renderPicture(media, alt));
    return isSpoiler ? cover(button, texts) : button;
  };
  return h(`div.gallery.of-${Math.min(items.length, 10)}`, {}, ...items.map(draw));
}

/** A single image takes its place before it is loaded, so that nothing moves when it is. */
function fitted(node, { width, height }) {
  if (width > 0 && height > 0) node.style.width = `${Math.min(width, MOST_WIDE_PX, (MOST_HIGH_PX * width) / height)}px`;
  return node;
}

function renderPicture(media, alt) {
  if (/^video\//.test(media.content_type ?? '') && localUrl(media.url))
    return h('video', { src: localUrl(media.url), controls: true, preload: 'metadata' });
  return renderImage('img', media, alt);
}

/** Hides something until it is pressed. */
export function cover(node, texts) {
  const box = h('div.covered', {}, node);
  const reveal = h(
    'button.cover',
    {
      type: 'button',
      onclick: () => {
        box.classList.add('shown');
        reveal.remove();
        node.inert = false;
      },
    },
    h('span', {}, texts.spoiler),
  );
  node.inert = true;
  box.append(reveal);
  return box;
}

function renderOther(attachment, view) {
  const { content_type: type = '', flags = 0, url } = attachment;
  const src = localUrl(url);
  const node =
    src && /^(audio|video)\//.test(type)
      ? h(`${type.slice(0, 5)}.attached-media`, {
          src,
          controls: true,
          preload: 'metadata',
          'aria-label': attachment.filename,
        })
      : renderFile(
          { name: attachment.title ? fullName(attachment) : attachment.filename, size: attachment.size, url },
          view,
        );
  return flags & IS_SPOILER ? cover(node, view.texts) : node;
}

function fullName({ title, filename }) {
  return `${title}${/\.[^.]*$/.exec(filename)?.[0] ?? ''}`;
}

/** A file with its name, its size and a way to keep it. */
export function renderFile({ name, size, url }, { texts, locale }) {
  const href = localUrl(url) ?? url;
  const label = texts.download(name);
  return h(
    'div.file-card',
    {},
    icon('file', 30),
    h(
      'div.file-words',
      {},
      h('a.file-name', linkTo(href), name),
      typeof size === 'number' && h('small', {}, sizeOf(size, locale)),
    ),
    h('a.icon', { href, download: name, 'aria-label': label, title: label }, icon('download', 20)),
  );
}
