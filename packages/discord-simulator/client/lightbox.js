import { h } from './dom.js';
import { icon } from './icons.js';

/**
 * Shows images big, one after another.
 * @param {{ src: string, alt: string }[]} images
 * @param {number} index the first one that is shown
 * @param {object} texts
 */
export function openLightbox(images, index, texts) {
  let shown = index;
  const image = h('img.lightbox-image', { alt: '' });
  const open = h('a.lightbox-link', { target: '_blank', rel: 'noreferrer' }, texts.openOriginal);
  const count = h('span.lightbox-count', { 'aria-live': 'polite' });
  const show = (step) => {
    shown = (shown + step + images.length) % images.length;
    const { src, alt } = images[shown];
    image.src = open.href = src;
    image.alt = alt;
    count.textContent = images.length > 1 ? `${shown + 1} / ${images.length}` : '';
  };
  const button = (name, label, act) =>
    h(`button.lightbox-${name}`, { type: 'button', 'aria-label': label, title: label, onclick: act }, icon(name, 28));
  const dialog = h(
    'dialog.lightbox',
    { 'aria-label': texts.image, onclick: ({ target }) => target === dialog && dialog.close() },
    image,
    h('p.lightbox-below', {}, open, count),
    images.length > 1 && button('back', texts.previous, () => show(-1)),
    images.length > 1 && button('next', texts.next, () => show(1)),
    button('close', texts.close, () => dialog.close()),
  );
  dialog.addEventListener('keydown', ({ key }) => {
    if (images.length < 2) return;
    if (key === 'ArrowLeft') show(-1);
    if (key === 'ArrowRight') show(1);
  });
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  show(0);
  dialog.showModal();
  dialog.querySelector('.lightbox-close').focus();
}
