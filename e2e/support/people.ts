import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Guildhall } from './guildhall.js';

export interface Visitor {
  /** The language of their browser. */
  locale?: string;
  /** The width of their screen in CSS pixels. */
  width?: number;
}

/** A person with a browser of their own. */
export async function openBrowser(
  browser: Browser,
  { locale = 'en-GB', width = 1440 }: Visitor = {},
): Promise<BrowserContext> {
  return browser.newContext({ locale, viewport: { width, height: 900 } });
}

/** Goes from the landing page through the local Discord's authorize page back into the dashboard. */
export async function signIn(page: Page, { webUrl }: Guildhall, personId: string): Promise<void> {
  await page.goto(webUrl);
  await page
    .getByRole('button', { name: /Continue with Discord|Continuer avec Discord/ })
    .or(page.getByRole('link', { name: /Continue with Discord|Continuer avec Discord/ }))
    .first()
    .click();
  // Somebody in two guilds is listed twice.
  await page.locator(`input[name=person][value="${personId}"]`).first().check();
  await page.locator('button[name=decision][value=authorize]').click();
  await page.waitForURL(`${webUrl}/guilds**`);
}

/** Opens the local Discord's client as somebody, in a channel. */
export async function openDiscord(
  page: Page,
  { simulator }: Guildhall,
  personId: string,
  channel: string,
): Promise<void> {
  await page.goto(`${simulator.url}/?as=${personId}`);
  await page
    .getByRole('link', { name: channel })
    .or(page.getByRole('button', { name: channel }))
    .first()
    .click();
}
