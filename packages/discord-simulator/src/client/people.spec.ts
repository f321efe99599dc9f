import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Pages, violationsOf } from '../../testing/pages.js';
import { openTavern, type Tavern } from '../../testing/tavern.js';
import { startSimulator } from '../index.js';

describe('people in the page', () => {
  let pages: Pages;
  let tavern: Tavern;
  const folders: string[] = [];

  beforeAll(async () => {
    pages = await Pages.launch();
  });
  afterAll(() => pages.close());
  beforeEach(async () => {
    await pages.begin({ seed: 'empty' });
    tavern = openTavern(pages.control);
  });
  afterEach(async () => {
    await pages.end();
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });

  async function open(userId: string, visit?: { width: number; query?: Record<string, string> }): Promise<Page> {
    const page = await pages.open(userId, visit);
    await page.locator('.message').first().waitFor();
    return page;
  }

  async function cardOf(page: Page, name: string) {
    await page.locator('#members').getByRole('button', { name }).first().click();
    return page.getByRole('dialog', { name });
  }

  it('keeps ten thousand members off the page, and finds the last of them by scrolling', async () => {
    const { control } = pages;
    const owner = control.createUser({ username: 'founder' });
    const guild = await control.createLargeGuild({ name: 'Stadium', ownerId: owner.id, memberCount: 10_000 });
    const channel = control.createChannel(guild.id, { name: 'terraces' });
    control.sendMessage(owner.id, channel.id, 'welcome');
    const page = await open(owner.id);
    await page.locator('#members').getByText('Online — 999').waitFor();
    const rows = page.locator('#members li');
    expect(await rows.count()).toBeLessThan(60);
    await page.locator('#members').evaluate((panel) => (panel.scrollTop = panel.scrollHeight));
    await page.locator('#members').getByText('Person 9999', { exact: true }).waitFor();
    expect(await rows.count()).toBeLessThan(60);
    expect(await page.locator('#members .unknown').count()).toBe(0);
  });

  it('finds one of thousands to be, by guild, by role and by name', async () => {
    for (let index = 0; index < 1_000; index += 1) pages.control.createUser({ username: `visitor${index}` });
    const page = await open(tavern.alex);
    await page.getByRole('button', { name: /Be somebody else$/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('1,006 people').waitFor();
    expect(await dialog.locator('.person').count()).toBeLessThan(60);
    await dialog.locator('.people').evaluate((list) => (list.scrollTop = list.scrollHeight));
    await expect.poll(() => dialog.locator('.person').count()).toBeGreaterThan(60);
    await dialog.getByRole('combobox', { name: 'Guilds' }).selectOption('Pixel Tavern');
    await dialog.getByRole('combobox', { name: 'Roles' }).selectOption('Moderator');
    await dialog.getByText('1 person', { exact: true }).waitFor();
    await dialog.getByRole('combobox', { name: 'Roles' }).selectOption('All roles');
    await dialog.getByText('5 people', { exact: true }).waitFor();
    await dialog.getByRole('searchbox').fill('PIXELB');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^PixelBear.*Be somebody else$/ }).waitFor();
  });

  it('shows on a card what may be done to somebody, and does it', async () => {
    const page = await open(tavern.alex);
    const nick = pages.control.createUser({ username: 'aaron', globalName: 'Aaron Aardvark' });
    pages.control.addMember(tavern.guildId, nick.id);
    const guild = pages.control.guilds().find(({ id }) => id === tavern.guildId)!;
    const admin = [...guild.roles.values()].find(({ name }) => name === 'Moderator')!;
    pages.control.setPresence(nick.id, { status: 'online' });
    pages.control.giveRole(guild.id, nick.id, admin.id);
    let card = await cardOf(page, 'Aaron Aardvark');
    await card.getByText('Moderator').waitFor();
    await card.getByRole('button', { name: 'Change nickname' }).click();
    await page.getByRole('dialog').getByLabel('Nickname').fill('Aardy');
    await page.keyboard.press('Enter');
    card = await cardOf(page, 'Aardy');
    await card.getByRole('button', { name: 'Time out' }).click();
    await page.getByRole('button', { name: 'Time out', exact: true }).click();
    card = await vi.waitFor(async () => {
      const opened = await cardOf(page, 'Aardy');
      await opened.getByText(/^Timed out until/).waitFor({ timeout: 500 });
      return opened;
    });
    await card.getByRole('button', { name: 'Ban' }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill('rule 1');
    await page.keyboard.press('Enter');
    await vi.waitFor(() => expect(guild.bans.get(nick.id)).toMatchObject({ reason: 'rule 1' }));
    await page.locator('#members').getByText('Aardy').waitFor({ state: 'detached' });
  });

  it('offers a plain member nothing but a message', async () => {
    const page = await open(tavern.sam);
    const card = await cardOf(page, 'PixelBear');
    await card.getByRole('button', { name: 'Message' }).waitFor();
    expect(await card.getByRole('button').count()).toBe(1);
    await card.getByRole('button', { name: 'Message' }).click();
    await page.getByRole('textbox', { name: 'Message @PixelBear' }).fill('psst');
    await page.keyboard.press('Enter');
    await page.getByRole('article', { name: 'Sam Okafor: psst' }).waitFor();
  });

  it('tells somebody who is written to for the first time', async () => {
    const page = await open(tavern.alex);
    const { id } = pages.control.directChannel(tavern.sam, tavern.alex);
    pages.control.sendMessage(tavern.sam, id, 'hello in private');
    const news = page.getByRole('button', { name: 'Sam Okafor, 1 mention' });
    await news.click();
    await page.getByRole('article', { name: 'Sam Okafor: hello in private' }).waitFor();
    await news.waitFor({ state: 'detached' });
  });

  it('has nothing axe objects to in the list of people', async () => {
    const page = await open(tavern.bear, { width: 390 });
    await page.getByRole('button', { name: 'Open guilds and channels' }).click();
    await page.getByRole('button', { name: /Be somebody else$/ }).click();
    await page.locator('.person').first().waitFor();
    expect(await violationsOf(page)).toEqual([]);
  });

  it('has nothing axe objects to on a card over the members of a narrow screen', async () => {
    const page = await open(tavern.bear, { width: 390 });
    await page.getByRole('button', { name: 'Show or hide the member list' }).click();
    await (await cardOf(page, 'Sam Okafor')).getByRole('button', { name: 'Ban' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
  });

  it('is two people side by side, each of whom can become another', async () => {
    const page = await pages.open(tavern.alex, { query: { beside: tavern.sam } });
    const [left, right] = [page.frameLocator('iframe').first(), page.frameLocator('iframe').last()];
    await left.getByRole('textbox', { name: 'Message #general' }).fill('are you there?');
    await left.getByRole('textbox', { name: 'Message #general' }).press('Enter');
    await right.getByRole('article', { name: 'Alex Morgan: are you there?' }).waitFor();
    await right.getByRole('button', { name: /^Sam Okafor.*Be somebody else$/ }).click();
    await right.getByRole('searchbox').fill('helene');
    await right.getByRole('searchbox').press('Enter');
    await page.getByText('Acting as Hélène Marchand').waitFor();
    await expect.poll(() => page.url()).toContain(`beside=${tavern.helene}`);
    await page.getByRole('button', { name: 'Close the side of Alex Morgan' }).click();
    await page.getByRole('textbox', { name: 'Envoyer un message dans #général' }).waitFor();
  });

  it('shows one of two people at a time on a narrow screen', async () => {
    const page = await pages.open(tavern.alex, { width: 390, query: { beside: tavern.sam } });
    const [left, right] = [page.locator('iframe').first(), page.locator('iframe').last()];
    await left.waitFor();
    expect(await right.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Sam Okafor', exact: true }).click();
    await right.waitFor();
    expect(await left.isVisible()).toBe(false);
  });

  it('loses nothing that happened while the connection was lost', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'simulator-page-'));
    folders.push(dataDir);
    await pages.simulator.close();
    await pages.begin({ seed: 'empty', dataDir });
    tavern = openTavern(pages.control);
    const page = await open(tavern.alex);
    const general = (await page.locator('.channel[aria-current]').getAttribute('data-id'))!;
    const port = Number(new URL(pages.simulator.url).port);
    await pages.simulator.close();
    await page.getByText('Connection lost, trying again…').waitFor();
    pages.simulator = await startSimulator({ port, seed: 'empty', activity: false, rateLimits: 'off', dataDir });
    pages.control.sendMessage(tavern.sam, general, 'while you were away');
    pages.control.createChannel(tavern.guildId, { name: 'opened-meanwhile' });
    await page.getByRole('article', { name: 'Sam Okafor: while you were away' }).waitFor();
    await page.getByRole('button', { name: 'opened-meanwhile' }).waitFor();
    await page.getByText('Connection lost, trying again…').waitFor({ state: 'hidden' });
    // The browser says that it lost the connection.
    pages.forgiveFaults();
  });
});
