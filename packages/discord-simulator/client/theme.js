const KEY = 'theme';

export const isLight = () => document.documentElement.dataset.theme === 'light';

/** The theme chosen last; dark, as most know Discord, until then. */
export function applyTheme() {
  document.documentElement.dataset.theme = localStorage.getItem(KEY) ?? 'dark';
}

export function changeTheme() {
  localStorage.setItem(KEY, isLight() ? 'dark' : 'light');
  applyTheme();
}

// The other side, or another tab, changed it.
addEventListener('storage', ({ key }) => key === KEY && applyTheme());
