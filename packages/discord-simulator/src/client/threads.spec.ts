import { ChannelType } from 'discord-api-types/v10';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Pages, violationsOf } from '../../testing/pages.js';
import { openTavern, type Tavern } from '../../testing/tavern.js';

describe('threads and forums in the page', () => {
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

  it('starts a thread beside its channel, in which others answer', async () => {
    const page = await open(tavern.alex);
    await page.getByRole('button', { name: 'Threads' }).click();
    await page.locator('#popover').getByRole('button', { name: 'New thread' }).click();
    const dialog = page.getByRole('dialog', { name: 'New thread' });
    await dialog.getByLabel('Thread name').fill('Soup');
    await dialog.getByLabel('First message').fill('which one?');
    await dialog.getByRole('button', { name: 'Create' }).click();
    const panel = page.getByRole('complementary', { name: 'Thread: Soup' });
    await panel.getByRole('article', { name: 'Alex Morgan: which one?' }).waitFor();
    await panel.getByRole('textbox', { name: 'Message Soup' }).fill('leek?');
    await page.keyboard.press('Enter');
    await panel.getByRole('article', { name: 'Alex Morgan: leek?' }).waitFor();
    // The channel stays open beside it.
    expect(await page.getByRole('textbox', { name: 'Message #general' }).isVisible()).toBe(true);

    const sam = await open(tavern.sam);
    expect(await sam.getByRole('button', { name: 'Soup' }).count()).toBe(0);
    await sam.getByRole('button', { name: 'Threads' }).click();
    await sam.getByRole('button', { name: /^Soup/ }).click();
    await sam.getByRole('button', { name: 'Join' }).click();
    await sam.getByRole('button', { name: 'Leave' }).waitFor();
    await sam.getByRole('textbox', { name: 'Message Soup' }).fill('tomato');
    await sam.keyboard.press('Enter');
    await panel.getByRole('article', { name: 'Sam Okafor: tomato' }).waitFor();
  });

  it('starts a thread on a message, which shows it from then on', async () => {
    const page = await open(tavern.sam);
    pages.control.sendMessage(tavern.alex, tavern.channels.general, 'big question');
    const message = page.getByRole('article', { name: 'Alex Morgan: big question' });
    await message.hover();
    await message.getByRole('button', { name: 'New thread' }).click();
    await page.getByRole('dialog').getByLabel('Thread name').fill('Answers');
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
    await page.getByRole('textbox', { name: 'Message Answers' }).waitFor();
    await page.getByRole('button', { name: 'Close the thread' }).click();
    await message.getByRole('button', { name: /^Answers/ }).click();
    await page.getByRole('textbox', { name: 'Message Answers' }).waitFor();
  });

  it('archives a thread, lists it as archived and brings it back', async () => {
    const page = await open(tavern.alex);
    const general = await page.locator('.channel[aria-current]').getAttribute('data-id');
    const thread = pages.control.startThread(tavern.alex, general!, { name: 'Old matter' });
    pages.control.sendMessage(tavern.alex, thread.id, 'settled');
    await page.getByRole('button', { name: 'Old matter' }).click();
    await page.getByRole('button', { name: 'Archive' }).click();
    await page.getByRole('complementary').getByText('Archived').waitFor();
    await page.getByRole('button', { name: 'Close the thread' }).click();
    await page.getByRole('button', { name: 'Threads' }).click();
    await page.getByText('Archived threads — 1').waitFor();
    await page.getByRole('button', { name: /^Old matter.*1 message/ }).click();
    await page.getByRole('button', { name: 'Bring back' }).click();
    await page.getByRole('button', { name: 'Archive' }).waitFor();
  });

  it('closes a thread that is deleted', async () => {
    const page = await open(tavern.alex);
    const general = await page.locator('.channel[aria-current]').getAttribute('data-id');
    const thread = pages.control.startThread(tavern.alex, general!, { name: 'Short-lived' });
    await page.getByRole('button', { name: 'Short-lived' }).click();
    await page.getByRole('textbox', { name: 'Message Short-lived' }).waitFor();
    pages.control.deleteThread(thread.id);
    await page.getByRole('textbox', { name: 'Message Short-lived' }).waitFor({ state: 'hidden' });
  });

  it('shows a forum as cards, and opens and writes posts', async () => {
    const page = await open(tavern.sam);
    pages.control.createChannel(tavern.guildId, { name: 'game-ideas', type: ChannelType.GuildForum });
    await page.getByRole('button', { name: 'game-ideas' }).click();
    await page.getByText('Nobody has posted here yet.').waitFor();
    await page.getByRole('button', { name: 'New post' }).click();
    const dialog = page.getByRole('dialog', { name: 'New post' });
    await dialog.getByLabel('Title').fill('A quiz');
    await dialog.getByLabel('First message').fill('Ten rounds, no phones');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('article', { name: 'Sam Okafor: Ten rounds, no phones' }).waitFor();
    await page.locator('.card', { hasText: 'A quiz' }).getByText('Ten rounds, no phones').waitFor();
    await page.getByRole('searchbox', { name: 'Search posts' }).fill('marathon');
    await page.getByText('Nothing is called that.').waitFor();
  });

  it('has nothing axe objects to in a forum with a post beside it', async () => {
    const page = await open(tavern.sam);
    const forum = pages.control.createChannel(tavern.guildId, { name: 'game-ideas', type: ChannelType.GuildForum });
    const post = pages.control.startThread(tavern.sam, forum.id, { name: 'A quiz' });
    pages.control.sendMessage(tavern.sam, post.id, 'Ten rounds');
    await page.getByRole('button', { name: 'game-ideas' }).click();
    await page.locator('.card').click();
    await page.getByRole('article', { name: 'Sam Okafor: Ten rounds' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
  });

  it('takes the whole of a narrow screen', async () => {
    const page = await open(tavern.alex, 390);
    const general = await page.locator('.channel[aria-current]').getAttribute('data-id');
    pages.control.startThread(tavern.alex, general!, { name: 'On the go' });
    await page.getByRole('button', { name: 'Open guilds and channels' }).click();
    await page.getByRole('button', { name: 'On the go' }).click();
    const panel = page.getByRole('complementary', { name: 'Thread: On the go' });
    await panel.getByRole('textbox', { name: 'Message On the go' }).waitFor();
    expect(await panel.boundingBox()).toMatchObject({ x: 0, y: 0, width: 390 });
    await panel.getByRole('button', { name: 'Close the thread' }).click();
    await page.getByRole('textbox', { name: 'Message #general' }).waitFor();
  });
});
