import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  type Client,
  type Interaction,
  MessageFlags,
  ModalBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Pages, violationsOf } from '../../testing/pages.js';
import { openTavern, type Tavern } from '../../testing/tavern.js';

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
      const fill = new ButtonBuilder().setCustomId('fill').setLabel('Fill in').setStyle(ButtonStyle.Primary);
      const components = [new ActionRowBuilder<ButtonBuilder>().addComponents(fill)];
      return interaction.reply({ content: 'Ready?', components });
    }
    const again = new ButtonBuilder().setCustomId('again').setLabel('Again').setStyle(ButtonStyle.Primary);
    return interaction.reply({
      content: `Pong in ${interaction.locale}`,
      embeds: [{ title: 'Hops', color: 0x5865f2, fields: [{ name: 'bot', value: '1 ms', inline: true }] }],
      components: [new ActionRowBuilder<ButtonBuilder>().addComponents(again)],
      flags: MessageFlags.Ephemeral,
    });
  }
  if (interaction.isButton()) {
    if (interaction.customId === 'again') return interaction.update({ content: 'Pressed', embeds: [], components: [] });
    const input = new TextInputBuilder().setCustomId('why').setLabel('Why?').setStyle(TextInputStyle.Short);
    const modal = new ModalBuilder().setCustomId('report').setTitle('Report');
    const row = new ActionRowBuilder<TextInputBuilder>().addComponents(input.setMinLength(5));
    return interaction.showModal(modal.addComponents(row));
  }
  if (interaction.isModalSubmit()) {
    const why = interaction.fields.getTextInputValue('why');
    return interaction.reply({ content: `Thank you: ${why}`, flags: MessageFlags.Ephemeral });
  }
  return undefined;
}

describe('the page', () => {
  let pages: Pages;
  let tavern: Tavern;
  let bot: Client;

  beforeAll(async () => {
    pages = await Pages.launch();
  });
  afterAll(() => pages.close());

  beforeEach(async () => {
    await pages.begin({ seed: 'empty' });
    tavern = openTavern(pages.control);
    bot = await pages.startBot(COMMANDS, answer);
  });
  afterEach(async () => {
    await bot.destroy();
    await pages.end();
  });

  async function open(userId?: string, visit?: { width: number; height: number }): Promise<Page> {
    const page = await pages.open(userId, visit);
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
    expect(await page.context().cookies()).toMatchObject([{ name: 'simulator_person', value: tavern.helene }]);
    await page.reload();
    await composer(page, 'Envoyer un message dans #général').waitFor();
  });

  it('brings what one person writes to another, live, as text and never as HTML', async () => {
    const [writer, reader] = [await open(tavern.sam), await open(tavern.alex)];
    await composer(writer, 'Message #general').fill('<img src=x onerror=alert(1)> **bold** hello');
    await writer.keyboard.press('Enter');
    const shown = reader.getByRole('article', { name: /^Sam Okafor: <img/ });
    await shown.waitFor();
    expect(await shown.locator('.content').innerText()).toBe('<img src=x onerror=alert(1)> bold hello');
    expect(await shown.locator('.content img').count()).toBe(0);
    await writer.getByRole('article', { name: /^Sam Okafor: <img/ }).waitFor();
  });

  it('edits with the arrow key, replies, reacts and deletes', async () => {
    const page = await open(tavern.alex);
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
    const [page, other] = [await open(tavern.alex), await open(tavern.sam)];
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
    const page = await open(tavern.bastien);
    await page.getByRole('button', { name: 'Volta Électricité' }).click();
    const field = composer(page, 'Envoyer un message dans #général');
    await field.pressSequentially('/sal');
    await page.getByRole('option', { name: '/saluer Salue quelqu’un' }).click();
    await page.getByRole('combobox', { name: 'qui' }).fill('hél');
    await page.getByRole('option', { name: /Hélène Marchand/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '+ words' }).click();
    await page.getByRole('textbox', { name: 'words' }).fill('bonjour');
    await page.getByRole('textbox', { name: 'words' }).press('Enter');
    const greeting = page.getByRole('article', { name: /^Guildhall: Hello/ });
    await greeting.getByText('@Hélène Marchand').waitFor();
    await greeting.getByText('/greet').waitFor();
  });

  it('plays a conversation with a command, a button, a modal and an ephemeral answer', async () => {
    const [page, other] = [await open(tavern.alex), await open(tavern.sam)];
    await composer(page, 'Message #general').pressSequentially('/report');
    await page.getByRole('option', { name: '/report Opens a form' }).waitFor();
    await page.keyboard.press('Enter');
    const offer = page.getByRole('article', { name: 'Guildhall: Ready?' });
    await offer.getByText('Alex Morgan').waitFor();
    await offer.getByRole('button', { name: 'Fill in' }).click();
    const form = page.getByRole('dialog', { name: 'Report' });
    await form.getByLabel('Why?').fill('hi');
    await form.getByRole('button', { name: 'Submit' }).click();
    await form.getByText('Must be at least 5 characters long').waitFor();
    await form.getByLabel('Why?').fill('I am patient');
    await form.getByRole('button', { name: 'Submit' }).click();
    const thanks = page.getByRole('article', { name: 'Guildhall: Thank you: I am patient' });
    await thanks.getByText('Only you can see this').waitFor();
    await form.waitFor({ state: 'hidden' });
    await other.getByRole('article', { name: 'Guildhall: Ready?' }).waitFor();
    expect(await other.getByRole('article', { name: /Thank you/ }).count()).toBe(0);
    await thanks.getByRole('button', { name: 'Dismiss message' }).click();
    await thanks.waitFor({ state: 'detached' });
  });

  it('says so when the application does not answer', async () => {
    await bot.destroy();
    const page = await open(tavern.alex);
    await composer(page, 'Message #general').pressSequentially('/ping');
    await page.keyboard.press('Enter');
    await page.getByText('The application did not respond.').waitFor();
  });

  it('marks channels with news, and hides those the person may not see', async () => {
    const page = await open(tavern.sam);
    expect(await page.getByRole('button', { name: 'staff-room' }).count()).toBe(0);
    pages.control.sendMessage(tavern.alex, tavern.channels.hardware, 'new rig!');
    await page.locator('.channel.unread', { hasText: 'hardware' }).click();
    await page.getByRole('article', { name: 'Alex Morgan: new rig!' }).waitFor();
    expect(await page.locator('.channel.unread').count()).toBe(0);
  });

  it('follows people who come and go, and channels that appear', async () => {
    const page = await open(tavern.helene);
    const { id } = pages.control.createUser({ username: 'outsider', globalName: 'Robin Outsider' });
    pages.control.addMember(tavern.voltaId, id);
    pages.control.setPresence(id, { status: 'online' });
    await page.getByRole('listitem').filter({ hasText: 'Robin Outsider' }).waitFor();
    pages.control.createChannel(tavern.voltaId, { name: 'brand-new' });
    await page.getByRole('button', { name: 'brand-new' }).waitFor();
  });

  it('has nothing axe objects to among messages', async () => {
    const page = await open(tavern.alex);
    await composer(page, 'Message #general').pressSequentially('/ping');
    await page.keyboard.press('Enter');
    await page.getByRole('article', { name: /^Guildhall: Pong/ }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
  });

  it('is usable at 390 pixels with a drawer', async () => {
    const page = await open(tavern.alex, { width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page.getByRole('button', { name: 'Open guilds and channels' }).click();
    await page.getByRole('button', { name: 'hardware' }).click();
    await composer(page, 'Message #hardware').fill('from my phone');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('article', { name: 'Alex Morgan: from my phone' }).waitFor();
    await vi.waitFor(async () => expect(await page.locator('#drawer').isVisible()).toBe(false));
  });
});
