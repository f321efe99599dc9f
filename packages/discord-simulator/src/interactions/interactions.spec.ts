import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  type ChatInputCommandInteraction,
  type Client,
  Events,
  type Message,
  MessageFlags,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench } from '../../testing/bench.js';
import { demoApplication } from '../index.js';
import { ALL_PERMISSIONS } from '../state/permissions.js';

const MINUTE_MS = 60_000;

describe('interactions', () => {
  let bench: Bench;
  let client: Client<true>;
  beforeEach(async () => {
    // Time stands still: three seconds pass when they are told to.
    bench = await Bench.start({ startAt: new Date('2026-01-01T00:00:00Z'), botPermissions: ALL_PERMISSIONS });
    client = await bench.login();
    await client.application.commands.set([
      {
        name: 'ping',
        description: 'Ping',
        nameLocalizations: { fr: 'latence' },
        options: [
          { name: 'loud', description: 'Loud', type: 5 },
          { name: 'who', description: 'Who', type: 6 },
        ],
      },
    ]);
  });
  afterEach(() => bench.close());

  const run = (options = {}) =>
    bench.control.runCommand({ userId: bench.ownerId, channelId: bench.channelId, name: 'ping', options });

  function answer(act: (interaction: ChatInputCommandInteraction) => Promise<unknown>): void {
    client.on(Events.InteractionCreate, (interaction) => {
      if (interaction.isChatInputCommand()) void act(interaction);
    });
  }

  /** The next interaction, which nobody answers by itself. */
  async function received(): Promise<ChatInputCommandInteraction> {
    const [interaction] = await Promise.all([
      new Promise<ChatInputCommandInteraction>((resolve) =>
        client.once(Events.InteractionCreate, (it) => resolve(it as ChatInputCommandInteraction)),
      ),
      void run(),
    ]);
    return interaction;
  }

  it('brings a command with its options and locales to the bot and the answer back', async () => {
    answer((it) =>
      it.reply(
        `${it.locale} ${it.guildLocale} ${it.options.getBoolean('loud')} ${it.options.getUser('who')?.username}`,
      ),
    );
    const { status, messages } = await run({ loud: true, who: bench.ownerId });
    expect(status).toBe('answered');
    expect(messages.map(({ content }) => content)).toEqual(['fr en-US true owner']);
    expect(bench.control.listSentMessages()).toHaveLength(1);
  });

  it('tells whose installation it is, where, and what the application may do there', async () => {
    const it = await received();
    expect(it.authorizingIntegrationOwners).toMatchObject({ 0: bench.guildId });
    expect([it.context, it.attachmentSizeLimit, it.appPermissions.bitfield]).toEqual([0, 10_485_760, ALL_PERMISSIONS]);
    expect(it.entitlements.size).toBe(0);
  });

  it('shows on the answer what brought it about', async () => {
    answer((it) => it.reply('pong'));
    const [message] = (await run()).messages;
    const shown = await bench.json(bench.rest('GET', `/channels/${bench.channelId}/messages/${message!.id}`));
    expect(shown).toMatchObject({
      type: 20,
      webhook_id: demoApplication.id,
      interaction: { name: 'ping', user: { id: bench.ownerId } },
      interaction_metadata: { type: 2, authorizing_integration_owners: { 0: bench.guildId } },
    });
  });

  it('waits for the edit of a deferred answer', async () => {
    answer(async (it) => {
      await it.deferReply();
      await it.editReply('at last');
    });
    expect((await run()).messages).toMatchObject([{ content: 'at last', flags: 0 }]);
  });

  it('keeps an ephemeral answer out of the channel, and lets it be edited and deleted', async () => {
    const it = await received();
    await it.reply({ content: 'only you', flags: MessageFlags.Ephemeral });
    await it.editReply('only you, again');
    expect((await it.fetchReply()).content).toBe('only you, again');
    expect(bench.control.listSentMessages()).toEqual([]);
    await it.deleteReply();
    await expect(it.fetchReply()).rejects.toMatchObject({ code: 10_008 });
  });

  it('decides by the deferral whether the answer is ephemeral, and by nothing else', async () => {
    const it = await received();
    await it.deferReply({ flags: MessageFlags.Ephemeral });
    const followUp = await it.followUp('in place of thinking');
    expect(followUp.flags.has(MessageFlags.Ephemeral)).toBe(true);
    expect((await it.followUp('in the open')).flags.has(MessageFlags.Ephemeral)).toBe(false);
    expect(bench.control.listSentMessages().map(({ content }) => content)).toEqual(['in the open']);
  });

  it('gives the message of an answer back to who asks for it', async () => {
    const it = await received();
    const { resource, interaction } = await it.reply({ content: 'pong', withResponse: true });
    expect(resource?.message?.content).toBe('pong');
    expect(interaction.responseMessageId).toBe(resource?.message?.id);
  });

  it('fails an interaction that nobody answers within three seconds, and refuses the late answer with 10062', async () => {
    const outcome = run();
    const late = await new Promise<ChatInputCommandInteraction>((resolve) =>
      client.once(Events.InteractionCreate, (it) => resolve(it as ChatInputCommandInteraction)),
    );
    bench.control.advance(2_999);
    bench.control.advance(1);
    expect(await outcome).toMatchObject({ status: 'failed', messages: [] });
    await expect(late.reply('too late')).rejects.toMatchObject({ code: 10_062 });
  });

  it('takes an answer in the last millisecond', async () => {
    const it = await received();
    bench.control.advance(2_999);
    await it.reply('just in time');
    expect(bench.control.listSentMessages()).toHaveLength(1);
  });

  it('refuses a second first answer with 40060', async () => {
    const it = await received();
    await it.reply('first');
    const body = { type: 4, data: { content: 'second' } };
    const again = bench.rest('POST', `/interactions/${it.id}/${it.token}/callback`, body);
    expect(await bench.refusal(again)).toEqual([400, 40_060]);
  });

  it('refuses follow-ups before the first answer, and after fifteen minutes', async () => {
    const it = await received();
    const followUp = () => bench.rest('POST', `/webhooks/${demoApplication.id}/${it.token}`, { content: 'x' });
    expect(await bench.refusal(followUp())).toEqual([404, 10_015]);
    await it.deferReply();
    bench.control.advance(15 * MINUTE_MS - 1);
    await it.editReply('just in time');
    bench.control.advance(1);
    expect(await bench.refusal(followUp())).toEqual([401, 50_027]);
    await expect(it.editReply('too late')).rejects.toMatchObject({ code: 50_027 });
    expect(bench.control.listSentMessages().map(({ content }) => content)).toEqual(['just in time']);
  });

  it('lets a person press a button that updates its message', async () => {
    const row = new ActionRowBuilder<ButtonBuilder>().addComponents(
      new ButtonBuilder().setCustomId('again').setLabel('Again').setStyle(ButtonStyle.Primary),
    );
    answer((it) => it.reply({ content: 'once', components: [row] }));
    client.on(Events.InteractionCreate, (it) => {
      if (it.isButton()) void it.update({ content: 'twice', components: [] });
    });
    const { messages } = await run();
    const press = { userId: bench.ownerId, channelId: bench.channelId, messageId: messages[0]!.id, customId: 'again' };
    expect((await bench.control.pressButton(press)).messages).toMatchObject([{ content: 'twice', components: [] }]);
    expect(() => bench.control.pressButton(press)).toThrow('No component again');
  });

  it('lets a collector of discord.js wait for a button, which defers and edits later', async () => {
    const row = new ActionRowBuilder<ButtonBuilder>().addComponents(
      new ButtonBuilder().setCustomId('yes').setLabel('Yes').setStyle(ButtonStyle.Success),
    );
    const it = await received();
    const { resource } = await it.reply({ content: 'sure?', components: [row], withResponse: true });
    const message = resource!.message as Message;
    const collected = message.awaitMessageComponent({ filter: ({ user }) => user.id === bench.ownerId });
    const use = { userId: bench.ownerId, channelId: bench.channelId, messageId: message.id, customId: 'yes' };
    const pressed = bench.control.pressButton(use);
    const button = await collected;
    await button.deferUpdate();
    await button.editReply({ content: 'done', components: [] });
    await button.followUp('more');
    expect((await pressed).status).toBe('answered');
    expect(bench.control.listSentMessages().map(({ content }) => content)).toEqual(['done', 'more']);
  });

  it.each([
    ['an update without a message', { type: 7, data: { content: 'x' } }],
    ['suggestions for a command', { type: 8, data: { choices: [] } }],
    ['a type that is none', { type: 99 }],
    ['2,001 characters', { type: 4, data: { content: 'x'.repeat(2_001) } }],
    ['six rows', { type: 4, data: { content: 'x', components: Array.from({ length: 6 }, () => ({ type: 1 })) } }],
  ])('stays open after a first answer that is refused: %s', async (_what, body) => {
    const it = await received();
    const refused = bench.rest('POST', `/interactions/${it.id}/${it.token}/callback`, body);
    expect(await bench.refusal(refused)).toEqual([400, 50_035]);
    await it.reply('after all');
    expect(bench.control.listSentMessages()).toHaveLength(1);
  });

  it('says that purchases and activities are not served', async () => {
    const it = await received();
    const answered = bench.rest('POST', `/interactions/${it.id}/${it.token}/callback`, { type: 12 });
    expect((await bench.refusal(answered))[0]).toBe(501);
  });
});
