import { type Client, ComponentType, type Interaction, MessageFlags } from 'discord.js';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Pages, violationsOf } from '../../testing/pages.js';
import { openTavern, type Tavern } from '../../testing/tavern.js';
import { plainPng } from '../media/png.js';

const PICTURE = plainPng({ width: 64, height: 48 }, 0x5865f2);

const COMMANDS = [
  { name: 'Quote', type: 3 },
  {
    name: 'brew',
    description: 'Brews something',
    options: [
      { name: 'drink', description: 'Which one', type: 3, required: true, autocomplete: true },
      { name: 'cups', description: 'How many', type: 4, min_value: 1, max_value: 5 },
    ],
  },
];

const DRINKS = [
  { name: 'Green tea', value: 'green' },
  { name: 'Black tea', value: 'black' },
];

const applyForm = {
  title: 'Application',
  custom_id: 'application',
  components: [
    {
      type: ComponentType.Label as const,
      label: 'Why you?',
      component: { type: ComponentType.TextInput as const, custom_id: 'why', style: 2 as const, min_length: 5 },
    },
  ],
};

/** What the bot of these tests does. */
async function answer(interaction: Interaction): Promise<unknown> {
  if (interaction.isAutocomplete()) {
    const typed = interaction.options.getFocused().toLowerCase();
    return interaction.respond(DRINKS.filter(({ name }) => name.toLowerCase().includes(typed)));
  }
  if (interaction.isMessageContextMenuCommand())
    return interaction.reply(`They said: ${interaction.targetMessage.content}`);
  if (interaction.isChatInputCommand()) {
    const { options } = interaction;
    return interaction.reply(`${options.getInteger('cups') ?? 1} × ${options.getString('drink', true)}`);
  }
  if (interaction.isButton()) return interaction.showModal(applyForm);
  if (interaction.isAnySelectMenu()) return interaction.reply(`Chosen: ${interaction.values.join(', ')}`);
  return undefined;
}

describe('messages on the page', () => {
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

  /** Somebody in #pets-and-food, where nobody has written yet but a guest. */
  async function visit(userId: string): Promise<Page> {
    const page = await pages.open(userId, { query: { channel: tavern.channels.pets } });
    await composer(page).waitFor();
    return page;
  }

  async function channel() {
    const found = await bot.channels.fetch(tavern.channels.pets);
    if (!found?.isSendable()) throw new Error('no channel');
    return found;
  }

  const composer = (page: Page) => page.getByRole('textbox', { name: 'Message #pets-and-food' });
  const message = (page: Page, name: string | RegExp): Locator => page.getByRole('article', { name });

  it('fills in a command with what the application suggests, and says what is wrong', async () => {
    const page = await visit(tavern.alex);
    await composer(page).pressSequentially('/brew ');
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByText('drink — This option is required. Specify a value.').waitFor();
    await page.getByRole('combobox', { name: 'drink' }).fill('black');
    await page.getByRole('option', { name: 'Black tea' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '+ cups' }).click();
    await page.getByRole('textbox', { name: 'cups' }).fill('9');
    await page.keyboard.press('Enter');
    await page.getByText('cups — Enter 5 or less.').waitFor();
    await page.getByRole('textbox', { name: 'cups' }).fill('2');
    await page.keyboard.press('Enter');
    await message(page, 'Guildhall: 2 × black').waitFor();
  });

  it('chooses from selects, of words and of people', async () => {
    const options = ['Rust', 'Ada', 'Go'].map((label) => ({ label, value: label.toLowerCase() }));
    const words = { type: ComponentType.StringSelect as const, customId: 'words', maxValues: 2, options };
    const people = { type: ComponentType.UserSelect as const, customId: 'people', placeholder: 'Whom?' };
    const components = [words, people].map((it) => ({ type: ComponentType.ActionRow as const, components: [it] }));
    await (await channel()).send({ content: 'Choose', components });
    const page = await visit(tavern.alex);
    await message(page, 'Guildhall: Choose').getByRole('button', { name: 'Choose…' }).click();
    await page.getByRole('option', { name: 'Rust' }).click();
    await page.getByRole('option', { name: 'Go' }).click();
    await page.keyboard.press('Escape');
    await message(page, 'Guildhall: Chosen: rust, go').waitFor();
    await page.getByRole('button', { name: 'Whom?' }).click();
    await page.getByRole('combobox', { name: 'Search' }).fill('pixel');
    await page.getByRole('option', { name: /PixelBear/ }).waitFor();
    await page.keyboard.press('Enter');
    await message(page, `Guildhall: Chosen: ${tavern.bear}`).waitFor();
  });

  it('opens the menu of a message: uses a command of an application, pins, and lists the pins', async () => {
    pages.control.sendMessage(tavern.sam, tavern.channels.pets, 'my cat snores');
    const page = await visit(tavern.alex);
    const original = message(page, 'Sam Okafor: my cat snores');
    await original.click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Apps' }).click();
    await page.getByRole('menuitem', { name: 'Quote' }).click();
    await message(page, 'Guildhall: They said: my cat snores').waitFor();
    await original.hover();
    await original.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Pin message' }).click();
    await page.getByRole('button', { name: 'See all pinned messages' }).click();
    await page.getByRole('dialog', { name: 'Pinned messages' }).getByText('my cat snores').waitFor();
  });

  it('reacts with an emoji that was searched for, and takes it back', async () => {
    pages.control.sendMessage(tavern.sam, tavern.channels.pets, 'a rocket');
    const page = await visit(tavern.alex);
    const original = message(page, 'Sam Okafor: a rocket');
    await original.hover();
    await original.getByRole('button', { name: 'Add reaction' }).click();
    await page.getByRole('searchbox', { name: 'Find the perfect emoji' }).fill('rocket');
    await page.keyboard.press('Enter');
    await original.getByRole('button', { name: '🚀 1', pressed: true }).click();
    await original.getByRole('button', { name: '🚀 1' }).waitFor({ state: 'detached' });
  });

  it('sends files with a message, shows images big, and refuses politely what is too large', async () => {
    const [page, other] = [await visit(tavern.alex), await visit(tavern.sam)];
    const field = page.locator('input[type="file"]').first();
    await field.setInputFiles({
      name: 'huge.bin',
      mimeType: 'application/octet-stream',
      buffer: Buffer.alloc(10 * 1_048_576 + 1),
    });
    await page.getByText('Your files are too powerful: huge.bin is larger than 10 MB.').waitFor();
    await field.setInputFiles([
      { name: 'cat.png', mimeType: 'image/png', buffer: PICTURE },
      { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('meow') },
    ]);
    await page.getByRole('button', { name: 'Mark notes.txt as spoiler' }).click();
    await composer(page).fill('look');
    await composer(page).press('Enter');
    const shown = message(other, 'Alex Morgan: look');
    await shown.getByRole('button', { name: 'Spoiler' }).click();
    await shown.getByText('notes.txt', { exact: false }).first().waitFor();
    await shown.getByRole('button', { name: 'cat.png' }).click();
    const big = other.getByRole('dialog', { name: 'Image' }).getByRole('img', { name: 'cat.png' });
    await big.waitFor();
    expect(await big.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(64);
    await other.keyboard.press('Escape');
    await big.waitFor({ state: 'detached' });
    expect(await page.getByRole('group', { name: 'Files to send' }).isVisible()).toBe(false);
  });

  it('shows markdown, and nothing of what it must not do', async () => {
    const text = [
      '## Title',
      '**bold *both*** __under__ ~~gone~~ `**code**` ||hidden||',
      '> quoted',
      '- one\n  - inner\n- two',
      '[safe](https://example.com) [trap](javascript://%0aalert(1)) <script>alert(1)</script>',
      `<@${tavern.sam}> <#${tavern.channels.hardware}> <t:0:D> snake_case_name \\*plain\\*`,
    ].join('\n');
    pages.control.sendMessage(tavern.sam, tavern.channels.pets, text);
    const page = await visit(tavern.alex);
    const content = message(page, /^Sam Okafor/).locator('.content');
    await content.getByRole('heading', { name: 'Title', level: 4 }).waitFor();
    const count = (selector: string) => content.locator(selector).count();
    expect(await content.locator('strong em').innerText()).toBe('both');
    expect(await content.locator('code').innerText()).toBe('**code**');
    expect(await content.locator('blockquote').innerText()).toBe('quoted');
    expect(await content.locator('li li').innerText()).toBe('inner');
    expect(await content.locator('a').evaluateAll((all) => all.map((it) => it.getAttribute('href')))).toEqual([
      'https://example.com',
    ]);
    expect([await count('u'), await count('s'), await count('script'), await count('.mention')]).toEqual([1, 1, 0, 2]);
    const words = await content.innerText();
    for (const shown of [
      '[trap](javascript://%0aalert(1))',
      '<script>',
      '@Sam Okafor',
      '#hardware',
      '1970',
      'snake_case_name',
      '*plain*',
    ])
      expect(words).toContain(shown);
    await content.getByRole('button', { name: 'Spoiler' }).click();
    await content.getByText('hidden').waitFor();
  });

  it('lays out components of the second kind, votes in a poll, and has nothing axe objects to', async () => {
    const text = (content: string) => ({ type: ComponentType.TextDisplay as const, content });
    const accessory = { type: ComponentType.Button as const, style: 2 as const, label: 'Open', customId: 'fill' };
    const section = { type: ComponentType.Section as const, components: [text('**Tickets**')], accessory };
    const gallery = { type: ComponentType.MediaGallery as const, items: [{ media: { url: 'attachment://cat.png' } }] };
    const separator = { type: ComponentType.Separator as const };
    const components = [text('# Report'), separator, section, gallery];
    await (
      await channel()
    ).send({
      flags: MessageFlags.IsComponentsV2,
      components: [{ type: ComponentType.Container, accentColor: 0xf0b232, components }],
      files: [{ attachment: PICTURE, name: 'cat.png' }],
    });
    const answers = [{ text: { text: 'Cats' } }, { text: { text: 'Dogs' } }].map(({ text: media }) => media);
    const poll = { question: 'Which?', answers, hours: 1, allowsMultiselect: false };
    pages.control.sendMessage(tavern.bear, tavern.channels.pets, '', { poll });
    const page = await visit(tavern.alex);
    const container = page.locator('.container');
    await container.getByRole('heading', { name: 'Report' }).waitFor();
    await container.locator('.gallery img').waitFor();
    const ballot = page.getByRole('form', { name: 'Which?' });
    await ballot.getByRole('radio', { name: 'Dogs' }).check();
    await ballot.getByRole('button', { name: 'Vote' }).click();
    await ballot.getByText('1 vote •').waitFor();
    await ballot.locator('.answer.mine', { hasText: 'Dogs' }).getByText('100 %').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await container.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('dialog', { name: 'Application' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
  });
});
