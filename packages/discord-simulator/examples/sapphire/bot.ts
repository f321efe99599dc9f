// A bot with Sapphire, which stands on discord.js: `rest.api` ties it to the simulator. Bots of any size have a file per piece; here all
// pieces are in one file, so `loadPiece` takes the place of Sapphire's search through the folders.
import {
  Command,
  container,
  Events,
  InteractionHandler,
  InteractionHandlerTypes,
  Listener,
  SapphireClient,
} from '@sapphire/framework';
import {
  ActionRowBuilder,
  ButtonBuilder,
  type ButtonInteraction,
  ButtonStyle,
  type ChatInputCommandInteraction,
  GatewayIntentBits,
  type Message,
  MessageFlags,
} from 'discord.js';

const { SIMULATOR_URL = 'http://127.0.0.1:4400', DISCORD_TOKEN } = process.env;

/** Somebody wrote "hello": answer with what the cache knows. */
class HelloListener extends Listener<typeof Events.MessageCreate> {
  constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.MessageCreate });
  }

  override async run(message: Message): Promise<void> {
    if (message.author.bot || message.content !== 'hello') return;
    const names = message.client.guilds.cache.map((guild) => guild.name).sort();
    await message.reply(`Hello ${message.author.displayName}! I am in ${names.join(', ')}.`);
  }
}

/** Somebody ran /coin: answer with a button. Sapphire registers the command when the bot is ready. */
class CoinCommand extends Command {
  override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((builder) => builder.setName('coin').setDescription('Takes a coin out'));
  }

  override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    const toss = new ButtonBuilder().setCustomId('toss').setLabel('Toss').setStyle(ButtonStyle.Primary);
    const row = new ActionRowBuilder<ButtonBuilder>().addComponents(toss);
    await interaction.reply({ content: 'Heads or tails?', components: [row] });
  }
}

/** Somebody pressed it: answer so that only they see it. */
class TossHandler extends InteractionHandler {
  constructor(context: InteractionHandler.LoaderContext) {
    super(context, { interactionHandlerType: InteractionHandlerTypes.Button });
  }

  override parse(interaction: ButtonInteraction) {
    return interaction.customId === 'toss' ? this.some() : this.none();
  }

  override async run(interaction: ButtonInteraction): Promise<void> {
    const side = Math.random() < 0.5 ? 'heads' : 'tails';
    await interaction.reply({ content: `It shows ${side}.`, flags: MessageFlags.Ephemeral });
  }
}

const client = new SapphireClient({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent],
  rest: { api: `${SIMULATOR_URL}/api` },
  baseUserDirectory: null,
});
await container.stores.loadPiece({ store: 'listeners', name: 'hello', piece: HelloListener });
await container.stores.loadPiece({ store: 'commands', name: 'coin', piece: CoinCommand });
await container.stores.loadPiece({ store: 'interaction-handlers', name: 'toss', piece: TossHandler });
await client.login(DISCORD_TOKEN);
process.stdout.write(`${client.user?.username} has logged in\n`);
