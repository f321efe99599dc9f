// A bot with Eris, which knows only https://discord.com. Its own options lead it elsewhere: `rest.agent` opens the connections, here plain
// ones to the simulator, and `rest.domain` is what it calls the host, from which the simulator makes the URL of its Discord Gateway.
import { Agent } from 'node:https';
import { connect, type Socket } from 'node:net';
import {
  Client,
  CommandInteraction,
  ComponentInteraction,
  Constants,
  type EventListeners,
  type InteractionButton,
} from 'eris';

const { SIMULATOR_URL = 'http://127.0.0.1:4400', DISCORD_TOKEN } = process.env;
const simulator = new URL(SIMULATOR_URL);

class SimulatorAgent extends Agent {
  override createConnection(): Socket {
    return connect(Number(simulator.port || 80), simulator.hostname);
  }
}

const client = new Client(`Bot ${DISCORD_TOKEN}`, {
  intents: ['guilds', 'guildMessages', 'messageContent'],
  rest: { agent: new SimulatorAgent(), domain: simulator.host },
});

/** Logged in, and every guild is in the cache. */
async function begin(): Promise<void> {
  await client.bulkEditCommands([{ type: 1, name: 'coin', description: 'Takes a coin out' }]);
  process.stdout.write(`${client.user.username} is in ${client.guilds.map((guild) => guild.name).join(', ')}\n`);
}

/** Somebody wrote "hello": answer with what the cache knows. */
async function answer(...[message]: EventListeners['messageCreate']): Promise<void> {
  if (message.author.bot || message.content !== 'hello') return;
  const names = client.guilds.map((guild) => guild.name).sort();
  await client.createMessage(message.channel.id, {
    content: `Hello ${message.author.globalName ?? message.author.username}! I am in ${names.join(', ')}.`,
    messageReference: { messageID: message.id },
  });
}

async function interact(...[interaction]: EventListeners['interactionCreate']): Promise<void> {
  // Somebody ran /coin: answer with a button.
  if (interaction instanceof CommandInteraction && interaction.data.name === 'coin') {
    const toss: InteractionButton = { type: 2, style: 1, custom_id: 'toss', label: 'Toss' };
    await interaction.createMessage({ content: 'Heads or tails?', components: [{ type: 1, components: [toss] }] });
  }
  // Somebody pressed it: answer so that only they see it.
  if (interaction instanceof ComponentInteraction && interaction.data.custom_id === 'toss') {
    const side = Math.random() < 0.5 ? 'heads' : 'tails';
    await interaction.createMessage({ content: `It shows ${side}.`, flags: Constants.MessageFlags.EPHEMERAL });
  }
}

client.once('ready', () => void begin());
client.on('messageCreate', (message) => void answer(message));
client.on('interactionCreate', (interaction) => void interact(interaction));
// Without a listener an error would end the process.
client.on('error', (error) => process.stderr.write(`${String(error)}\n`));
await client.connect();
