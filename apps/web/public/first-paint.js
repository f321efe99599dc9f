// Runs before the first paint, so that a chosen theme or language never flashes the other one. A file of its own because
// the content security policy allows no inline script. The keys belong to shell/preferences.ts.
(() => {
  const theme = localStorage.getItem('guildhall.theme');
  const locale = localStorage.getItem('guildhall.locale') ?? (navigator.language.startsWith('fr') ? 'fr' : 'en');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  document.documentElement.lang = locale === 'fr' ? 'fr' : 'en';
})();
