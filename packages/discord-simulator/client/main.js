import { Client } from './client.js';
import { byId } from './dom.js';

const { body } = document;

function setDrawer(isOpen) {
  body.classList.toggle('drawer-open', isOpen);
  byId('open-drawer').setAttribute('aria-expanded', String(isOpen));
}

byId('open-drawer').addEventListener('click', () => setDrawer(!body.classList.contains('drawer-open')));
byId('shade').addEventListener('click', () => setDrawer(false));
byId('toggle-members').addEventListener('click', () => body.classList.toggle('members-toggled'));
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') setDrawer(false);
});

await new Client().start();
