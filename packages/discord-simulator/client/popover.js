import { byId } from './dom.js';

const MARGIN_PX = 8;

/**
 * Shows something beside what was clicked, until one looks elsewhere or presses Escape.
 * @param {HTMLElement} anchor
 * @param {{ name: string, side?: 'left' | 'right' | 'above' | 'below', content: Node }} options
 */
export function openPopover(anchor, { name, side = 'right', content }) {
  const popover = byId('popover');
  const at = anchor.getBoundingClientRect();
  popover.setAttribute('aria-label', name);
  popover.replaceChildren(content);
  // Somebody else's card may be open still.
  if (popover.matches(':popover-open')) popover.hidePopover();
  popover.showPopover();
  const { width, height } = popover.getBoundingClientRect();
  const [left, top] = {
    left: [at.left - width - MARGIN_PX, at.top],
    right: [at.right + MARGIN_PX, at.top],
    above: [at.left, at.top - height - MARGIN_PX],
    below: [at.right - width, at.bottom + MARGIN_PX],
  }[side];
  const within = (value, most) => Math.max(MARGIN_PX, Math.min(value, most - MARGIN_PX));
  popover.style.left = `${within(left, innerWidth - width)}px`;
  popover.style.top = `${within(top, innerHeight - height)}px`;
  popover.querySelector('button, input, a')?.focus();
  return popover;
}

export function closePopover() {
  byId('popover').hidePopover();
}
