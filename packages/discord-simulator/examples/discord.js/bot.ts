// A bot with discord.js. All that ties it to the simulator is `rest.api`: leave it out, and it is a bot of Discord.
import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  Client,
  Events,
  GatewayIntentBits,
  MessageFlags,
  SlashCommandBuilder,
} from 'discord.js';

const { SIMULATOR_URL = 'http://127.0.0.1:4400', DISCORD_TOKEN } = process.env;

const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent],
  rest: { api: `${SIMULATOR_URL}/api` },
});

// Logged in, and every guild is in the cache.
client.once(Events.ClientReady, async (ready) => {
  const coin = new SlashCommandBuilder().setName('coin').setDescription('Takes a coin out');
  await ready.application.commands.set([coin]);
  process.stdout.write(`${ready.user.username} is in ${ready.guilds.cache.map((guild) => guild.name).join(', ')}\n`);
});

// Somebody wrote "hello": answer with what the cache knows.
client.on(Events.MessageCreate, async (message) => {
  if (message.author.bot || message.content !== 'hello') return;
  const names = message.client.guilds.cache.map((guild) => guild.name).sort();
  await message.reply(`Hello ${message.author.displayName}! I am in ${names.join(', ')}.`);
});

client.on(Events.InteractionCreate, async (interaction) => {
  // Somebody ran /coin: answer with a button.
  if (interaction.isChatInputCommand() && interaction.commandName === 'coin') {
    const toss = new ButtonBuilder().setCustomId('toss').setLabel('Toss').setStyle(ButtonStyle.Primary);
    const row = new ActionRowBuilder<ButtonBuilder>().addComponents(toss);
    await interaction.reply({ content: 'Heads or tails?', components: [row] });
  }
  // Somebody pressed it: answer so that only they see it.
  if (interaction.isButton() && interaction.customId === 'toss') {
    const side = Math.random() < 0.5 ? 'heads' : 'tails';
    await interaction.reply({ content: `It shows ${side}.`, flags: MessageFlags.Ephemeral });
  }
});

await client.login(DISCORD_TOKEN);
