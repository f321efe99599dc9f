const RETURN_KEY = 'guildhall.returnPath';
const DEFAULT_PATH = '/guilds';

/** Notes where a person wanted to go before being asked to sign in. */
export function rememberReturnPath(path: string): void {
  sessionStorage.setItem(RETURN_KEY, path);
}

/** Where to go after the sign-in; asks once, then forgets. */
export function takeReturnPath(): string {
  const path = sessionStorage.getItem(RETURN_KEY);
  sessionStorage.removeItem(RETURN_KEY);
  return path !== null && isPageOfOurs(path) ? path : DEFAULT_PATH;
}

/** Pages that somebody can have asked for without being signed in; never another origin. */
const PAGES = ['/guilds', '/account', '/invitation', '/admin'];

function isPageOfOurs(path: string): boolean {
  return PAGES.some((page) => path === page || ['/', '?', '#'].some((next) => path.startsWith(page + next)));
}
