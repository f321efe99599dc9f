import { showSideBySide } from './beside.js';
import { Client } from './client.js';
import { byId } from './dom.js';
import { icon } from './icons.js';
import { openQuickSwitcher } from './quick-switcher.js';
import { applyTheme } from './theme.js';
import { keepTimesCurrent } from './timestamps.js';

function setDrawer(isOpen) {
  document.body.classList.toggle('drawer-open', isOpen);
  byId('open-drawer').setAttribute('aria-expanded', String(isOpen));
}

function furnish(client) {
  const signs = { 'open-drawer': 'menu', 'open-mailbox': 'mail', 'toggle-members': 'people', 'open-search': 'search' };
  for (const [id, sign] of Object.entries(signs)) byId(id).replaceChildren(icon(sign, 22));
  byId('open-drawer').addEventListener('click', () => setDrawer(!document.body.classList.contains('drawer-open')));
  byId('shade').addEventListener('click', () => {
    setDrawer(false);
    document.body.classList.remove('members-toggled');
  });
  byId('toggle-members').addEventListener('click', () => document.body.classList.toggle('members-toggled'));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') setDrawer(false);
    if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    openQuickSwitcher(client);
  });
}

applyTheme();
keepTimesCurrent();
const query = new URLSearchParams(location.search);
if (query.has('beside')) await showSideBySide(query);
else {
  const client = new Client();
  furnish(client);
  await client.start();
}
