import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Pages } from '../../testing/pages.js';
import { openTavern, type Tavern } from '../../testing/tavern.js';

describe('the frame around the messages', () => {
  let pages: Pages;
  let tavern: Tavern;

  beforeAll(async () => {
    pages = await Pages.launch();
  });
  afterAll(() => pages.close());
  beforeEach(async () => {
    await pages.begin({ seed: 'empty' });
    tavern = openTavern(pages.control);
  });
  afterEach(() => pages.end());

  async function open(userId: string, width = 1_440): Promise<Page> {
    const page = await pages.open(userId, { width });
    await page.locator('.message').first().waitFor();
    return page;
  }

  it('counts mentions on the channel and its guild until they are read, below a line', async () => {
    const page = await open(tavern.alex);
    const hardware = tavern.channels.hardware;
    pages.control.sendMessage(tavern.sam, hardware, 'nobody in particular');
    await page.locator('.channel.unread', { hasText: 'hardware' }).waitFor();
    expect(await page.locator('.channel .badge').count()).toBe(0);
    pages.control.sendMessage(tavern.sam, hardware, `look <@${tavern.alex}>`);
    await page.getByRole('button', { name: 'Pixel Tavern, 1 mention' }).waitFor();
    await page.locator('.channel.unread', { hasText: 'hardware' }).click();
    const line = page.locator('.new-line + .message, .new-line + .day + .message');
    await line.filter({ hasText: 'nobody in particular' }).waitFor();
    await page.getByRole('button', { name: 'Pixel Tavern', exact: true }).waitFor();
    await expect.poll(() => page.locator('.channel.unread').count()).toBe(0);
  });

  it('remembers what is unread, and folded categories, across a reload', async () => {
    const page = await open(tavern.alex);
    await page.getByRole('button', { name: 'Play together' }).click();
    expect(await page.getByRole('button', { name: 'game-night' }).count()).toBe(0);
    pages.control.sendMessage(tavern.sam, tavern.channels.gameNight, 'who is in?');
    await page.locator('.channel.unread', { hasText: 'game-night' }).waitFor();
    await vi.waitFor(async () => expect(await page.evaluate(() => localStorage.length)).toBeGreaterThan(2));
    await page.reload();
    await page.locator('.channel.unread', { hasText: 'game-night' }).waitFor();
    expect(await page.getByRole('button', { name: 'looking-for-group' }).count()).toBe(0);
  });

  it('shows who is in a voice channel, and lets one join and leave it', async () => {
    const page = await open(tavern.alex);
    pages.control.joinVoice(tavern.channels.table, tavern.sam);
    await page.getByRole('listitem').filter({ hasText: 'Sam Okafor' }).getByRole('button').first().waitFor();
    await page.getByRole('button', { name: 'Table One' }).click();
    await page.getByRole('button', { name: 'Join voice' }).click();
    await page.getByText('Voice connected').waitFor();
    await page.locator('#head-actions').getByRole('button', { name: 'Leave voice' }).click();
    await page.getByText('Voice connected').waitFor({ state: 'detached' });
  });

  it('changes channels, roles and names in place, without fetching the world again', async () => {
    const page = await open(tavern.alex);
    const fetched: string[] = [];
    page.on('request', (request) => request.url().includes('/client/world') && fetched.push(request.url()));
    const { control } = pages;
    const channel = control.createChannel(tavern.guildId, { name: 'brand-new' });
    await page.getByRole('button', { name: 'brand-new' }).waitFor();
    control.updateChannel(channel.id, { name: 'renamed' });
    await page.getByRole('button', { name: 'renamed' }).waitFor();
    control.deleteChannel(channel.id);
    await page.getByRole('button', { name: 'renamed' }).waitFor({ state: 'detached' });
    control.startThread(tavern.alex, tavern.channels.hardware, { name: 'Side talk' });
    await page.getByRole('button', { name: 'Side talk' }).waitFor();
    expect(fetched).toEqual([]);
  });

  it('leaves a channel that is deleted, and a guild one is removed from', async () => {
    const page = await open(tavern.bastien);
    await page.getByRole('button', { name: 'Pixel Tavern' }).click();
    await page.getByRole('button', { name: 'hardware' }).click();
    await page.getByRole('heading', { name: 'hardware', exact: true }).waitFor();
    pages.control.deleteChannel(tavern.channels.hardware);
    await page.getByRole('heading', { name: 'general', exact: true }).waitFor();
    pages.control.removeMember(tavern.guildId, tavern.bastien);
    await page.getByRole('button', { name: 'Pixel Tavern' }).waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: 'Volta Électricité' }).waitFor();
  });

  it('keeps the place while older messages are loaded, and jumps to the newest', async () => {
    const page = await open(tavern.alex);
    const first = page.locator('#messages .message').first();
    const id = await first.getAttribute('data-id');
    await page.locator('#messages').evaluate((log) => (log.scrollTop = 0));
    const kept = page.locator(`[data-id="${id}"]`);
    await expect.poll(() => page.locator('#messages .message').count()).toBeGreaterThan(50);
    expect(await kept.isVisible()).toBe(true);
    expect((await kept.boundingBox())!.y).toBeLessThan(400);
    pages.control.sendMessage(tavern.sam, tavern.channels.general, 'down here');
    await page.getByText('1 new message').waitFor();
    await page.getByRole('button', { name: 'Jump to newest' }).click();
    await page.getByText('1 new message').waitFor({ state: 'hidden' });
    const box = (await page.getByRole('article', { name: 'Sam Okafor: down here' }).boundingBox())!;
    expect(box.y).toBeLessThan(900);
  });

  it('keeps a message that is written while its channel is being fetched', async () => {
    const page = await open(tavern.alex);
    await page.route('**/client/messages?**', async (route) => {
      const response = await route.fetch();
      pages.control.sendMessage(tavern.sam, tavern.channels.hardware, 'just in time');
      // When the page knows of this one, it knows of the other too.
      pages.control.sendMessage(tavern.sam, tavern.channels.pets, 'meow');
      await page.locator('.channel.unread', { hasText: 'pets-and-food' }).waitFor();
      await route.fulfill({ response });
    });
    await page.getByRole('button', { name: 'hardware' }).click();
    await page.getByText('Welcome to #hardware!').waitFor();
    await page.getByRole('article', { name: 'Sam Okafor: just in time' }).waitFor();
  });

  it('replies without a mention when told so, and ends a reply with Escape', async () => {
    const page = await open(tavern.alex);
    pages.control.sendMessage(tavern.sam, tavern.channels.general, 'answer me');
    const asked = page.getByRole('article', { name: 'Sam Okafor: answer me' });
    const field = page.getByRole('textbox', { name: 'Message #general' });
    await asked.hover();
    await asked.getByRole('button', { name: 'Reply' }).click();
    await page.getByText('Replying to Sam Okafor').waitFor();
    await field.press('Escape');
    await page.getByText('Replying to Sam Okafor').waitFor({ state: 'hidden' });
    await asked.hover();
    await asked.getByRole('button', { name: 'Reply' }).click();
    await page.getByRole('button', { name: 'Mention: on' }).click();
    const sent = page.waitForRequest((request) => request.url().endsWith('/client/messages'));
    await field.fill('quietly');
    await field.press('Enter');
    expect((await sent).postDataJSON()).toMatchObject({ content: 'quietly', mentionsAuthor: false });
    await page.getByRole('article', { name: 'Alex Morgan: quietly' }).locator('.origin').waitFor();
  });

  it('names who is typing', async () => {
    const [page, sam] = [await open(tavern.alex), await open(tavern.sam)];
    await sam.getByRole('textbox', { name: 'Message #general' }).pressSequentially('h');
    await page.getByText('Sam Okafor is typing…').waitFor();
    await sam.keyboard.press('Enter');
    await page.getByText('Sam Okafor is typing…').waitFor({ state: 'detached' });
  });

  it('goes anywhere by the keyboard', async () => {
    const page = await open(tavern.alex);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Where would you like to go?' }).fill('harware');
    await page.getByText('Nothing is called that.').waitFor();
    await page.getByRole('combobox').fill('hardw');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'hardware', exact: true }).waitFor();
    await page.getByRole('button', { name: 'hardware' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'pets-and-food', exact: true }).waitFor();
  });

  it('keeps what was begun in a channel for the way back', async () => {
    const page = await open(tavern.alex);
    await page.getByRole('textbox', { name: 'Message #general' }).fill('half a thou');
    await page.getByRole('button', { name: 'hardware' }).click();
    expect(await page.getByRole('textbox', { name: 'Message #hardware' }).inputValue()).toBe('');
    await page.locator('.channel', { hasText: /^general/ }).click();
    expect(await page.getByRole('textbox', { name: 'Message #general' }).inputValue()).toBe('half a thou');
  });

  it('sets the own status, and changes to a light theme that stays', async () => {
    const page = await open(tavern.alex);
    await page.getByRole('button', { name: 'Status and more' }).click();
    await page.getByRole('button', { name: 'Do not disturb', exact: true }).click();
    await page.locator('#me').getByText('Do not disturb').waitFor();
    await page.getByRole('button', { name: 'Status and more' }).click();
    await page.getByRole('button', { name: 'Light theme' }).click();
    await page.reload();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('light');
  });
});
