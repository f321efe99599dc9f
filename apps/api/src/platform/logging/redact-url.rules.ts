/** Query parameters whose values open something. */
const SECRET_PARAMETERS = ['code', 'state', 'session', 'token'];

const SECRET_VALUE = new RegExp(`([?&](?:${SECRET_PARAMETERS.join('|')})=)[^&#]*`, 'gi');

/** A URL as it may stand in a log: without the values of `code`, `state`, `session` and `token`. */
export function redactUrl(url: string): string {
  return url.replace(SECRET_VALUE, '$1***');
}
