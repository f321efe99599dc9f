/** As the API asks for. */
export const MIN_PASSWORD_LENGTH = 8;

/** Whether this looks like an e-mail address; whether it is one, only a mail can tell. */
export function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
}
