import { byId } from './dom.js';

/** Shows `content` above everything; Escape closes it. */
export function openDialog(name, content) {
  const dialog = byId('dialog');
  dialog.setAttribute('aria-label', name);
  dialog.replaceChildren(content);
  if (!dialog.open) dialog.showModal();
  content.querySelector('input, select, textarea')?.focus();
}
