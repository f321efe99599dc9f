import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  Client,
  Events,
  GatewayIntentBits as Intent,
  type Interaction,
  MessageFlags,
  ModalBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { launchBrowser } from '../../../../e2e/support/browser.js';
import { demoIds } from '../demo/index.js';
import { demoApplication, startSimulator, type Simulator } from '../index.js';

const COMMANDS = [
  { name: 'ping', description: 'Measures the way', descriptionLocalizations: { fr: 'Mesure le trajet' } },
  {
    name: 'greet',
    description: 'Greets somebody',
    nameLocalizations: { fr: 'saluer' },
    descriptionLocalizations: { fr: 'Salue quelqu’un' },
    options: [
      { name: 'who', nameLocalizations: { fr: 'qui' }, description: 'Whom', type: 6, required: true },
      { name: 'words', description: 'What to say', type: 3 },
    ],
  },
  { name: 'report', description: 'Opens a form' },
];

/** What the bot of these tests does. */
async function answer(interaction: Interaction): Promise<unknown> {
  if (interaction.isChatInputCommand()) {
    if (interaction.commandName === 'greet') {
      return interaction.reply(
        `Hello ${interaction.options.getUser('who', true).toString()}, ${interaction.options.getString('words') ?? 'hi'}`,
      );
    }
    if (interaction.commandName === 'report') {
      const input = new TextInputBuilder().setCustomId('why').setLabel('Why?').setStyle(TextInputStyle.Short);
      const modal = new ModalBuilder().setCustomId('report').setTitle('Report');
      return interaction.showModal(modal.addComponents(new ActionRowBuilder<TextInputBuilder>().addComponents(input)));
    }
    const again = new ButtonBuilder().setCustomId('again').setLabel('Again').setStyle(ButtonStyle.Primary);
    return interaction.reply({
      content: `Pong in ${interaction.locale}`,
      embeds: [{ title: 'Hops', color: 0x5865f2, fields: [{ name: 'bot', value: '1 ms', inline: true }] }],
      components: [new ActionRowBuilder<ButtonBuilder>().addComponents(again)],
      flags: MessageFlags.Ephemeral,
    });
  }
  if (interaction.isButton()) return interaction.update({ content: 'Pressed', embeds: [], components: [] });
  if (interaction.isModalSubmit()) return interaction.reply(`Reported: ${interaction.fields.getTextInputValue('why')}`);
  return undefined;
}

/** What the accessibility checker objects to, as readable lines. */
async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .slice(0, 3)
        .map(({ html }) => html.slice(0, 160))
        .join(' | ')}`,
  );
}

describe('the page', () => {
  let browser: Browser;
  let simulator: Simulator;
  let bot: Client;
  const pages: Page[] = [];
  const faults: string[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    simulator = await startSimulator({ port: 0, seed: 'demo', activity: false, rateLimits: 'off' });
    bot = new Client({ intents: [Intent.Guilds, Intent.GuildMessages], rest: { api: simulator.apiUrl } });
    bot.on(Events.InteractionCreate, (interaction) => void answer(interaction));
    const ready = new Promise((resolve) => bot.once(Events.ClientReady, resolve));
    await bot.login(demoApplication.botToken);
    await ready;
    await bot.application?.commands.set(COMMANDS);
    faults.length = 0;
  });
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.close();
    await bot.destroy();
    await simulator.close();
    expect(faults).toEqual([]);
  });

  async function open(userId?: string, viewport = { width: 1_440, height: 900 }): Promise<Page> {
    const page = await browser.newPage({ viewport });
    pages.push(page);
    page.setDefaultTimeout(8_000);
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await page.goto(userId ? `${simulator.url}/?as=${userId}` : simulator.url);
    await page.locator('.message').first().waitFor();
    return page;
  }

  const composer = (page: Page, name: string) => page.getByRole('textbox', { name });

  it('begins as Alex in #general and becomes whoever is searched for', async () => {
    const page = await open();
    await composer(page, 'Message #general').waitFor();
    await page.getByRole('button', { name: /^Alex Morgan.*Be somebody else$/ }).click();
    await page.getByRole('searchbox', { name: 'Search people' }).fill('helene');
    await page.keyboard.press('Enter');
    await composer(page, 'Envoyer un message dans #général').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('fr');
    expect(await page.context().cookies()).toMatchObject([{ name: 'simulator_person', value: demoIds.voltaOwner }]);
    await page.reload();
    await composer(page, 'Envoyer un message dans #général').waitFor();
  });

  it('brings what one person writes to another, live, as text and never as HTML', async () => {
    const [writer, reader] = [await open(demoIds.member), await open(demoIds.administrator)];
    await composer(writer, 'Message #general').fill('<img src=x onerror=alert(1)> **bold** hello');
    await writer.keyboard.press('Enter');
    const shown = reader.getByRole('article', { name: /^Sam Okafor: <img/ });
    await shown.waitFor();
    expect(await shown.locator('.content').innerText()).toBe('<img src=x onerror=alert(1)> bold hello');
    expect(await shown.locator('.content img').count()).toBe(0);
    await writer.getByRole('article', { name: /^Sam Okafor: <img/ }).waitFor();
  });

  it('edits with the arrow key, replies, reacts and deletes', async () => {
    const page = await open(demoIds.administrator);
    const field = composer(page, 'Message #general');
    await field.fill('frist');
    await field.press('Enter');
    await page.getByRole('article', { name: 'Alex Morgan: frist' }).waitFor();
    await field.press('ArrowUp');
    await field.fill('first');
    await field.press('Enter');
    const message = page.getByRole('article', { name: 'Alex Morgan: first' });
    await message.getByText('(edited)').waitFor();
    await message.hover();
    await message.getByRole('button', { name: 'React 👍' }).click();
    await message.getByRole('button', { name: '👍 1', pressed: true }).waitFor();
    await message.getByRole('button', { name: 'Reply' }).click();
    await field.fill('second');
    await field.press('Enter');
    await page.getByRole('article', { name: 'Alex Morgan: second' }).locator('.origin', { hasText: 'first' }).waitFor();
    await message.hover();
    await message.getByRole('button', { name: 'Delete' }).click();
    await message.waitFor({ state: 'detached' });
  });

  it('runs a command from the slash menu; the answer is only for whoever ran it, and its button works', async () => {
    const [page, other] = [await open(demoIds.administrator), await open(demoIds.member)];
    const field = composer(page, 'Message #general');
    await field.pressSequentially('/pi');
    await page.getByRole('option', { name: '/ping Measures the way' }).waitFor();
    await field.press('Enter');
    const pong = page.getByRole('article', { name: 'Guildhall: Pong in en-US' });
    await pong.getByText('Only you can see this').waitFor();
    await pong.getByText('1 ms').waitFor();
    await pong.getByRole('button', { name: 'Again' }).click();
    await page.getByRole('article', { name: 'Guildhall: Pressed' }).waitFor();
    expect(await other.getByRole('article', { name: /^Guildhall/ }).count()).toBe(0);
  });

  it('shows commands in the language of the person and takes their options as fields', async () => {
    const page = await open(demoIds.voltaMember);
    await page.getByRole('button', { name: 'Volta Électricité' }).click();
    const field = composer(page, 'Envoyer un message dans #général');
    await field.pressSequentially('/sal');
    await page.getByRole('option', { name: '/saluer Salue quelqu’un' }).click();
    await page.getByRole('combobox', { name: 'qui' }).selectOption({ label: 'Hélène Marchand' });
    await page.getByRole('textbox', { name: 'words' }).fill('bonjour');
    await page.getByRole('textbox', { name: 'words' }).press('Enter');
    const greeting = page.getByRole('article', { name: /^Guildhall: Hello/ });
    await greeting.getByText('@Hélène Marchand').waitFor();
    await greeting.getByText('/greet').waitFor();
  });

  it('asks a modal and sends what was filled in', async () => {
    const page = await open(demoIds.administrator);
    await composer(page, 'Message #general').pressSequentially('/report');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Report' });
    await dialog.getByLabel('Why?').fill('too quiet');
    await page.keyboard.press('Enter');
    await page.getByRole('article', { name: 'Guildhall: Reported: too quiet' }).waitFor();
  });

  it('says so when the application does not answer', async () => {
    await bot.destroy();
    const page = await open(demoIds.administrator);
    await composer(page, 'Message #general').pressSequentially('/ping');
    await page.keyboard.press('Enter');
    await page.getByText('The application did not respond.').waitFor();
  });

  it('marks channels with news, and hides those the person may not see', async () => {
    const page = await open(demoIds.member);
    expect(await page.getByRole('button', { name: 'staff-room' }).count()).toBe(0);
    const hardware = simulator.control
      .listSentMessages()
      .find(({ content }) => content.startsWith('mechanical keyboard'));
    simulator.control.sendMessage(demoIds.administrator, hardware!.channelId, 'new rig!');
    await page.locator('.channel.unread', { hasText: 'hardware' }).click();
    await page.getByRole('article', { name: 'Alex Morgan: new rig!' }).waitFor();
    expect(await page.locator('.channel.unread').count()).toBe(0);
  });

  it('follows people who come and go, and channels that appear', async () => {
    const page = await open(demoIds.administrator);
    simulator.control.addMember(demoIds.pixelTavern, demoIds.outsider);
    simulator.control.setPresence(demoIds.outsider, { status: 'online' });
    await page.getByRole('listitem').filter({ hasText: 'Robin Outsider' }).waitFor();
    simulator.control.createChannel(demoIds.pixelTavern, { name: 'brand-new' });
    await page.getByRole('button', { name: 'brand-new' }).waitFor();
  });

  it('has nothing axe objects to, on a wide screen and a narrow one, in a dialog too', async () => {
    const page = await open(demoIds.administrator);
    await composer(page, 'Message #general').pressSequentially('/ping');
    await page.keyboard.press('Enter');
    await page.getByRole('article', { name: /^Guildhall: Pong/ }).waitFor();
    const found = [await violationsOf(page)];
    await page.getByRole('button', { name: /Be somebody else/ }).click();
    await page.getByRole('dialog').waitFor();
    found.push(await violationsOf(page));
    const narrow = await open(demoIds.voltaOwner, { width: 390, height: 844 });
    found.push(await violationsOf(narrow));
    expect(found).toEqual([[], [], []]);
  });

  it('is usable at 390 pixels with a drawer', async () => {
    const page = await open(demoIds.administrator, { width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page.getByRole('button', { name: 'Open guilds and channels' }).click();
    await page.getByRole('button', { name: 'hardware' }).click();
    await composer(page, 'Message #hardware').fill('from my phone');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('article', { name: 'Alex Morgan: from my phone' }).waitFor();
    await vi.waitFor(async () => expect(await page.locator('#drawer').isVisible()).toBe(false));
  });
});
