import { h } from './dom.js';
import { icon } from './icons.js';

const MARGIN_PX = 8;
let open = null;

/**
 * A menu of what can be done with something.
 * @typedef {{ label: string, icon?: string, hint?: string, isDanger?: boolean, act?: () => void, items?: MenuItem[] }} MenuItem
 * @param {{ x: number, y: number }} at where on the screen
 * @param {{ name: string, items: (MenuItem | null | false)[], first?: Node, back: HTMLElement | null }} menu `null` between items draws a
 * line; `first` stands above them; `back` gets the focus when the menu closes
 */
export function openMenu(at, { name, items, first, back }) {
  open?.hidePopover();
  const menu = h('div.context-menu', { popover: 'auto', role: 'menu', 'aria-label': name, tabindex: -1 });
  open = menu;
  const close = () => {
    menu.hidePopover();
    back?.focus();
  };
  const show = (shown, above) => {
    const nodes = shown
      .filter((it) => it !== false && it !== undefined)
      .map((it) => drawItem(it, { close, show, back: { items: shown, above } }));
    menu.replaceChildren(...(above ? [above] : []), ...nodes);
    menu.querySelector('[role="menuitem"]')?.focus();
    within(menu, at);
  };
  menu.addEventListener('keydown', (event) => press(event, menu, close));
  menu.addEventListener('click', (event) => event.target.closest('[data-closes]') && close());
  menu.addEventListener('contextmenu', (event) => event.preventDefault());
  menu.addEventListener('toggle', ({ newState }) => {
    if (newState !== 'closed') return;
    if (open === menu) open = null;
    menu.remove();
  });
  document.body.append(menu);
  menu.showPopover();
  show(items, first);
}

function drawItem(item, { close, show, back }) {
  if (item === null) return h('hr', {});
  const act = () => {
    if (item.items) {
      const goBack = { label: item.label, icon: 'back', act: () => show(back.items, back.above), stays: true };
      show([goBack, null, ...item.items]);
      return;
    }
    if (!item.stays) close();
    item.act();
  };
  return h(
    `button.menu-item${item.isDanger ? '.danger' : ''}`,
    { type: 'button', role: 'menuitem', tabindex: -1, 'aria-haspopup': item.items ? 'menu' : null, onclick: act },
    item.stays && icon(item.icon, 18),
    h('span', {}, item.label),
    item.image && h('img', { src: item.image, alt: '', width: 18, height: 18 }),
    item.items && icon('next', 18),
    !item.stays && item.icon && icon(item.icon, 18),
  );
}

function press(event, menu, close) {
  const items = [...menu.querySelectorAll('[role="menuitem"]')];
  const index = items.indexOf(document.activeElement);
  const goTo = (to) => items[(to + items.length) % items.length]?.focus();
  const acts = {
    ArrowDown: () => goTo(index + 1),
    ArrowUp: () => goTo(index < 0 ? -1 : index - 1),
    Home: () => goTo(0),
    End: () => goTo(-1),
    ArrowRight: () => items[index]?.getAttribute('aria-haspopup') && items[index].click(),
    Escape: close,
    Tab: close,
  };
  const act = acts[event.key];
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}

function within(menu, { x, y }) {
  const { width, height } = menu.getBoundingClientRect();
  const fit = (value, most) => Math.max(MARGIN_PX, Math.min(value, most - MARGIN_PX));
  menu.style.left = `${fit(x, innerWidth - width)}px`;
  menu.style.top = `${fit(y, innerHeight - height)}px`;
}
