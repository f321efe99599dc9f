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

/** Only pages behind the sign-in count: nothing else can have been asked for, and never another origin. */
function isPageOfOurs(path: string): boolean {
  return path === DEFAULT_PATH || path.startsWith(`${DEFAULT_PATH}/`);
}
