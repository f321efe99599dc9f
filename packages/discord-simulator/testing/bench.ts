import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { Client, type ClientOptions, Events, GatewayIntentBits as Intent } from 'discord.js';
import { demoApplication, type Simulator, type SimulatorOptions, startSimulator } from '../src/index.js';

/** What a bot needs for the everyday tests. */
export const BOT_PERMISSIONS =
  Permission.ViewChannel |
  Permission.SendMessages |
  Permission.ReadMessageHistory |
  Permission.ManageRoles |
  Permission.KickMembers |
  Permission.AddReactions;

export const ALL_TEST_INTENTS = [Intent.Guilds, Intent.GuildMembers, Intent.GuildMessages, Intent.MessageContent];

/** A simulator with one guild, its owner, a text channel, and any number of discord.js clients; all of it ends with `close`. */
export class Bench {
  private readonly clients: Client[] = [];

  private constructor(
    readonly simulator: Simulator,
    readonly ownerId: string,
    readonly guildId: string,
    readonly channelId: string,
  ) {}

  static async start(options: Partial<SimulatorOptions> = {}): Promise<Bench> {
    const simulator = await startSimulator({ port: 0, seed: 'empty', activity: false, rateLimits: 'off', ...options });
    const { control } = simulator;
    const owner = control.createUser({ username: 'owner', globalName: 'The Owner', locale: 'fr' });
    const guild = control.createGuild({
      name: 'Bench',
      ownerId: owner.id,
      botPermissions: BOT_PERMISSIONS,
      preferredLocale: 'en-US',
    });
    const channel = control.createChannel(guild.id, { name: 'general' });
    return new Bench(simulator, owner.id, guild.id, channel.id);
  }

  get control() {
    return this.simulator.control;
  }

  client(options: Partial<ClientOptions> = {}): Client {
    const client = new Client({
      intents: ALL_TEST_INTENTS,
      rest: { api: this.simulator.apiUrl, retries: 0 },
      ...options,
    });
    this.clients.push(client);
    return client;
  }

  async login(options: Partial<ClientOptions> = {}): Promise<Client<true>> {
    const client = this.client(options);
    const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
    await client.login(demoApplication.botToken);
    return ready;
  }

  say(content: string): string {
    return this.control.sendMessage(this.ownerId, this.channelId, content).id;
  }

  /** A request of the bot, as any HTTP client would send it. */
  rest(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`${this.simulator.apiUrl}/v10${path}`, {
      method,
      headers: {
        authorization: `Bot ${demoApplication.botToken}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.clients.map((client) => client.destroy()));
    await this.simulator.close();
  }
}
