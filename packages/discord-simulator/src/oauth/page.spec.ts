import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../../../e2e/support/browser.js';
import { demoApplication, demoIds, type Simulator, startSimulator } from '../index.js';

const REQUEST = {
  client_id: demoApplication.id,
  redirect_uri: demoApplication.redirectUris[0]!,
  response_type: 'code',
  scope: 'identify guilds email',
  state: 'a state & more',
};

describe('the authorize page of the demo', () => {
  let browser: Browser;
  let simulator: Simulator;

  beforeAll(async () => {
    browser = await launchBrowser();
    simulator = await startSimulator({ port: 0, seed: 'demo', activity: false });
  });
  afterAll(async () => {
    await browser.close();
    await simulator.close();
  });

  const address = (parameters: Record<string, string> = {}) =>
    `${simulator.url}/oauth2/authorize?${new URLSearchParams({ ...REQUEST, ...parameters })}`;

  /** Opens it in a browser that runs no scripts. */
  async function open(act: (page: Page) => Promise<void>, { locale = 'en-GB', width = 1_280 } = {}): Promise<void> {
    const context = await browser.newContext({ locale, viewport: { width, height: 844 }, javaScriptEnabled: false });
    try {
      const page = await context.newPage();
      page.setDefaultTimeout(8_000);
      await page.goto(address());
      await act(page);
    } finally {
      await context.close();
    }
  }

  const peopleOn = (page: Page) => page.locator('input[name=person]');
  const html = async (parameters?: Record<string, string>) => (await fetch(address(parameters))).text();
  const idsIn = (text: string) => [...text.matchAll(/name="person" value="(\d+)"/g)].map(([, id]) => id);

  it('lists everybody whom tests and documentation name, and few others of a large guild', async () => {
    const listed = idsIn(await html());
    const { pixelTavern: _tavern, volta: _volta, launchpad: _launchpad, ...people } = demoIds;
    expect(Object.values(people).filter((id) => !listed.includes(id))).toEqual([]);
    expect(listed.length).toBeLessThan(80);
    expect(listed[0]).toBe(demoIds.administrator);
  });

  it('finds one of two thousand by a name without accents, and signs them in', async () => {
    await open(async (page) => {
      await page.getByRole('searchbox', { name: 'Who are you?' }).fill('HELENE MARCHAND');
      await page.keyboard.press('Enter');
      await page.getByRole('radio', { name: 'Hélène Marchand' }).check();
      expect(await peopleOn(page).count()).toBe(1);
      const answered = page.waitForResponse((response) => response.status() === 302);
      // Nobody listens where it leads; what counts is where that is.
      await page.getByRole('button', { name: 'Authorize' }).click({ noWaitAfter: true });
      const target = new URL((await answered).headers()['location']!);
      expect(`${target.origin}${target.pathname}`).toBe(REQUEST.redirect_uri);
      expect(target.searchParams.get('state')).toBe(REQUEST.state);
      expect(target.searchParams.get('code')).toMatch(/.{20}/);
    });
  });

  it('shows everybody page by page and back, in French too', async () => {
    await open(
      async (page) => {
        await page.getByRole('link', { name: /^Afficher tout le monde \(2.0/ }).click();
        expect(await peopleOn(page).count()).toBe(100);
        await page.getByRole('link', { name: 'Suivante →' }).click();
        await page.getByText('Page 2 sur').waitFor();
        expect(await peopleOn(page).count()).toBe(100);
        await page.getByRole('link', { name: 'Revenir à la liste courte' }).click();
        expect(await peopleOn(page).first().inputValue()).toBe(demoIds.administrator);
      },
      { locale: 'fr-FR' },
    );
  });

  it('says that nobody was found, and keeps to what exists for pages that do not', async () => {
    expect(await html({ q: '<b>nobody' })).toContain('Nobody goes by that name.');
    expect(await html({ q: '<b>nobody' })).not.toContain('<b>nobody');
    expect(await html({ everybody: '1', page: '999' })).toContain('← Previous');
    expect(idsIn(await html({ everybody: '1', page: 'x' }))).toHaveLength(100);
  });

  it('lists whoever this browser was last, and chooses them', async () => {
    const someone = simulator.control.guilds().find(({ id }) => id === demoIds.pixelTavern)!.members;
    const reader = [...someone.keys()].at(-1)!;
    expect(idsIn(await html())).not.toContain(reader);
    const page = await (await fetch(address(), { headers: { cookie: `simulator_person=${reader}` } })).text();
    expect(page).toContain(`value="${reader}" checked`);
  });

  it('allows itself no script', async () => {
    const response = await fetch(address());
    expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'; style-src 'sha256-/);
    expect(await response.text()).not.toMatch(/<script|onclick|javascript:/);
  });

  it.each([1_280, 390])('fits into %i pixels, works by keyboard, and has nothing axe objects to', async (width) => {
    const context = await browser.newContext({ viewport: { width, height: 844 }, bypassCSP: true });
    const page = await context.newPage();
    await page.goto(address());
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    await page.getByRole('radio', { checked: true }).focus();
    await page.keyboard.press('ArrowDown');
    expect(await page.getByRole('radio', { checked: true }).inputValue()).not.toBe(demoIds.administrator);
    const button = (await page.getByRole('button', { name: 'Authorize' }).boundingBox())!;
    expect(button.y + button.height).toBeLessThanOrEqual(844);
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    await context.close();
  });
});
