import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  type ChatInputCommandInteraction,
  type Client,
  Events,
  MessageFlags,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Bench } from '../../testing/bench.js';

describe('interactions', () => {
  let bench: Bench;
  let client: Client<true>;
  beforeEach(async () => {
    bench = await Bench.start({ interactionTimings: { firstAnswerMs: 150 } });
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

  it('waits for the edit of a deferred answer', async () => {
    answer(async (it) => {
      await it.deferReply();
      await it.editReply('at last');
    });
    const { messages } = await run();
    expect(messages).toMatchObject([{ content: 'at last', flags: 0 }]);
  });

  it('keeps an ephemeral answer out of the channel', async () => {
    answer((it) => it.reply({ content: 'only you', flags: MessageFlags.Ephemeral }));
    const { messages } = await run();
    expect(messages.map(({ content }) => content)).toEqual(['only you']);
    expect(bench.control.listSentMessages()).toEqual([]);
  });

  it('fails an interaction that nobody answers in time, and refuses the late answer with 10062', async () => {
    let late: ChatInputCommandInteraction | undefined;
    answer(async (it) => (late = it));
    expect(await run()).toMatchObject({ status: 'failed', messages: [] });
    await vi.waitFor(() => expect(late).toBeDefined());
    await expect(late!.reply('too late')).rejects.toMatchObject({ code: 10_062 });
  });

  it('refuses a second first answer with 40060', async () => {
    const refused = new Promise((resolve) =>
      answer(async (it) => {
        await it.reply('first');
        const body = { type: 4, data: { content: 'second' } };
        const response = await bench.rest('POST', `/interactions/${it.id}/${it.token}/callback`, body);
        resolve(((await response.json()) as { code: number }).code);
      }),
    );
    await run();
    expect(await refused).toBe(40_060);
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
});
