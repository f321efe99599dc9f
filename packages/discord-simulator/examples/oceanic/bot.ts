// A bot with Oceanic. All that ties it to the simulator is `rest.baseURL`: leave it out, and it is a bot of Discord.
import {
  type AnyInteractionGateway,
  ApplicationCommandTypes,
  ButtonStyles,
  Client,
  ComponentTypes,
  type Message,
  type MessageActionRow,
  MessageFlags,
  type TextButton,
} from 'oceanic.js';

const { SIMULATOR_URL = 'http://127.0.0.1:4400', DISCORD_TOKEN } = process.env;

const client = new Client({
  auth: `Bot ${DISCORD_TOKEN}`,
  rest: { baseURL: `${SIMULATOR_URL}/api/v10` },
  gateway: { intents: ['GUILDS', 'GUILD_MESSAGES', 'MESSAGE_CONTENT'] },
});

/** Logged in, and every guild is in the cache. */
async function begin(): Promise<void> {
  const coin = { type: ApplicationCommandTypes.CHAT_INPUT, name: 'coin', description: 'Takes a coin out' } as const;
  await client.application.bulkEditGlobalCommands([coin]);
  process.stdout.write(`${client.user.username} is in ${client.guilds.map((guild) => guild.name).join(', ')}\n`);
}

/** Somebody wrote "hello": answer with what the cache knows. */
async function answer(message: Message): Promise<void> {
  if (message.author.bot || message.content !== 'hello') return;
  const names = client.guilds.map((guild) => guild.name).sort();
  await client.rest.channels.createMessage(message.channelID, {
    content: `Hello ${message.author.globalName ?? message.author.username}! I am in ${names.join(', ')}.`,
    messageReference: { messageID: message.id },
  });
}

async function interact(interaction: AnyInteractionGateway): Promise<void> {
  // Somebody ran /coin: answer with a button.
  if (interaction.isCommandInteraction() && interaction.data.name === 'coin') {
    const toss: TextButton = {
      type: ComponentTypes.BUTTON,
      style: ButtonStyles.PRIMARY,
      customID: 'toss',
      label: 'Toss',
    };
    const row: MessageActionRow = { type: ComponentTypes.ACTION_ROW, components: [toss] };
    await interaction.createMessage({ content: 'Heads or tails?', components: [row] });
  }
  // Somebody pressed it: answer so that only they see it.
  if (interaction.isComponentInteraction() && interaction.data.customID === 'toss') {
    const side = Math.random() < 0.5 ? 'heads' : 'tails';
    await interaction.createMessage({ content: `It shows ${side}.`, flags: MessageFlags.EPHEMERAL });
  }
}

client.once('ready', () => void begin());
client.on('messageCreate', (message) => void answer(message));
client.on('interactionCreate', (interaction) => void interact(interaction));
// Without a listener an error would end the process.
client.on('error', (error) => process.stderr.write(`${String(error)}\n`));
await client.connect();
