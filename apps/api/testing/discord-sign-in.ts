import type { Tokens } from '@guildhall/contracts';
import { TestBrowser } from './browser.js';

export const LOGIN = '/api/auth/discord/login';
export const CALLBACK = '/api/auth/discord/callback';
export const EXCHANGE = '/api/auth/exchange-session';
export const REFRESH = '/api/auth/refresh';

/** Where a redirect leads. */
export function target(response: Response): URL {
  const location = response.headers.get('location');
  if (location === null) throw new Error(`HTTP ${response.status} is not a redirect`);
  return new URL(location);
}

/** Opens the sign-in and returns the address of Discord's page. */
export async function begin(browser: TestBrowser): Promise<URL> {
  return target(await browser.get(LOGIN));
}

/** Decides on Discord's page, as a person would, and returns the address Discord sends the browser back to. */
export async function decide(
  authorizePage: URL,
  personId: string,
  decision: 'authorize' | 'cancel' = 'authorize',
): Promise<URL> {
  const answer = await fetch(authorizePage, {
    method: 'POST',
    body: new URLSearchParams({ person: personId, decision }),
    redirect: 'manual',
  });
  return target(answer);
}

/** Goes where Discord sends the browser, and returns what the dashboard is opened with. */
export async function comeBack(browser: TestBrowser, callback: URL): Promise<{ session?: string; error?: string }> {
  const dashboard = target(await browser.get(`${CALLBACK}${callback.search}`));
  return Object.fromEntries(dashboard.searchParams);
}

/** The whole way of a sign-in. */
export async function signInAs(baseUrl: string, personId: string): Promise<{ browser: TestBrowser; tokens: Tokens }> {
  const browser = new TestBrowser(baseUrl);
  const { session } = await comeBack(browser, await decide(await begin(browser), personId));
  const response = await browser.post(EXCHANGE, { sessionId: session });
  if (response.status !== 200) throw new Error(`the exchange ended with ${response.status}: ${await response.text()}`);
  return { browser, tokens: (await response.json()) as Tokens };
}
