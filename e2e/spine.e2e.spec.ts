import { demoIds } from '@guildhall/discord-simulator';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { launchBrowser } from './support/browser.js';
import { type Guildhall, startGuildhall } from './support/guildhall.js';
import { openBrowser, openDiscord, signIn } from './support/people.js';

describe('Guildhall on a living community', () => {
  let guildhall: Guildhall;
  let browser: Browser;
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    guildhall = await startGuildhall({ seed: 'demo' });
    browser = await launchBrowser();
    const guildCount = guildhall.simulator.control.guilds().length;
    await vi.waitFor(async () => expect(await countSyncedGuilds()).toBe(guildCount), {
      timeout: 60_000,
      interval: 200,
    });
  });

  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
  });

  afterAll(async () => {
    await browser?.close();
    await guildhall?.stop();
  });

  async function countSyncedGuilds(): Promise<number> {
    const { rows } = await guildhall.database.query<{ count: number }>(
      'select count(*)::int as count from guilds where members_synced_at is not null',
    );
    return rows[0]!.count;
  }

  async function newPage(visitor?: Parameters<typeof openBrowser>[1]) {
    const context = await openBrowser(browser, visitor);
    contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    return page;
  }

  it("shows an administrator somebody else's message the moment it is written", async () => {
    const dashboard = await newPage();
    await signIn(dashboard, guildhall, demoIds.administrator);
    await dashboard
      .getByRole('link', { name: /Pixel Tavern/ })
      .last()
      .click();
    await dashboard.getByRole('feed').waitFor();

    const discord = await newPage();
    await openDiscord(discord, guildhall, demoIds.member, 'general');
    const text = 'Has anybody seen my grappling hook?';
    await discord.getByRole('textbox', { name: 'Message #general' }).fill(text);
    await discord.keyboard.press('Enter');

    await dashboard.getByRole('feed').getByText(text).waitFor();
    const { rows } = await guildhall.database.query('select author_id::text from messages where content = $1', [text]);
    expect(rows).toEqual([{ author_id: demoIds.member }]);
  });

  it('keeps a guild and all its data from those without rights, and from strangers', async () => {
    for (const person of [demoIds.member, demoIds.outsider, demoIds.voltaOwner]) {
      const page = await newPage();
      await signIn(page, guildhall, person);
      await page.goto(`${guildhall.webUrl}/guilds/${demoIds.pixelTavern}/overview`);
      await page.getByRole('heading', { name: /nothing here|rien ici/i }).waitFor();
      await page
        .getByRole('main')
        .getByRole('link', { name: /All guilds|Toutes les guildes/ })
        .waitFor();

      const statuses = await page.evaluate(async (guildId) => {
        const refreshed = await fetch('/api/auth/refresh', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{}',
        });
        const { accessToken } = (await refreshed.json()) as { accessToken: string };
        const paths = ['', '/overview', '/messages'].map((path) => `/api/guilds/${guildId}${path}`);
        paths.push(...['', '/members', '/roles', '/channels'].map((path) => `/api/discord/guilds/${guildId}${path}`));
        const answers = await Promise.all(
          paths.map((path) => fetch(path, { headers: { authorization: `Bearer ${accessToken}` } })),
        );
        return answers.map(({ status }) => status);
      }, demoIds.pixelTavern);
      expect(new Set(statuses)).toEqual(new Set([404]));
    }
  });

  it('signs out for good', async () => {
    const page = await newPage();
    await signIn(page, guildhall, demoIds.administrator);
    await page.getByRole('button', { name: 'My account' }).first().click();
    await page.getByRole('button', { name: 'Sign out' }).first().click();
    await page.getByText('Continue with Discord').first().waitFor();

    await page.goto(`${guildhall.webUrl}/guilds`);
    await page.getByText('Continue with Discord').first().waitFor();
    const status = await page.evaluate(async () => {
      const headers = { 'content-type': 'application/json' };
      return (await fetch('/api/auth/refresh', { method: 'POST', headers, body: '{}' })).status;
    });
    expect(status).toBe(401);
  });

  it('lets somebody change their mind on the authorize page', async () => {
    const page = await newPage({ locale: 'fr-FR' });
    await page.goto(guildhall.webUrl);
    await page.getByText('Continuer avec Discord').first().click();
    await page.locator('button[name=decision][value=cancel]').click();

    await page.getByRole('heading', { name: /annulé/i }).waitFor();
  });

  it.each([
    ['an English person', demoIds.member, 'general', 'Message #general', /gateway/i, /API/],
    [
      'a French person',
      demoIds.voltaOwner,
      'général',
      'Envoyer un message dans #général',
      /passerelle/i,
      /base de données/i,
    ],
  ])('answers /ping and !ping to %s in their language', async (_, person, channel, composer, ...words) => {
    const discord = await newPage();
    await openDiscord(discord, guildhall, person, channel);
    const field = discord.getByRole('textbox', { name: composer });
    const messages = discord.locator('#messages');

    await field.fill('!ping');
    await discord.keyboard.press('Enter');
    for (const word of words) await messages.getByText(word).last().waitFor();
    const before = await messages.getByText(words[0]!).count();

    await field.fill('/ping');
    await discord.keyboard.press('Enter');
    await expect.poll(() => messages.getByText(words[0]!).count(), { timeout: 20_000 }).toBeGreaterThan(before);
  });
});
