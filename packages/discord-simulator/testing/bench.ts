import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { Client, type ClientOptions, Events, GatewayIntentBits as Intent } from 'discord.js';
import { demoApplication, type SimulatorOptions } from '../src/index.js';
import { type CheckedSimulator, startCheckedSimulator } from './index.js';

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
    readonly simulator: CheckedSimulator,
    readonly ownerId: string,
    readonly guildId: string,
    readonly channelId: string,
  ) {}

  static async start(options: Partial<SimulatorOptions> & { botPermissions?: bigint } = {}): Promise<Bench> {
    const simulator = await startCheckedSimulator({
      port: 0,
      seed: 'empty',
      activity: false,
      rateLimits: 'off',
      ...options,
    });
    const { control } = simulator;
    const owner = control.createUser({ username: 'owner', globalName: 'The Owner', locale: 'fr' });
    const guild = control.createGuild({
      name: 'Bench',
      ownerId: owner.id,
      botPermissions: options.botPermissions ?? BOT_PERMISSIONS,
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

  /** A request of the bot, as any HTTP client would send it. @throws Error at once for what Discord would not have done */
  async rest(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const response = await fetch(`${this.simulator.apiUrl}/v10${path}`, {
      method,
      headers: {
        authorization: `Bot ${demoApplication.botToken}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { faults } = this.simulator;
    if (faults.size > 0) throw new Error([...faults].join('\n'));
    return response;
  }

  /** A request of the bot with files. */
  form(method: string, path: string, body: FormData): Promise<Response> {
    const headers = { authorization: `Bot ${demoApplication.botToken}` };
    return fetch(`${this.simulator.apiUrl}/v10${path}`, { method, headers, body });
  }

  /** The JSON of an answer that has to have this status. */
  async json<Body = Record<string, unknown>>(
    response: Promise<Response>,
    status: number | readonly number[] = 200,
  ): Promise<Body> {
    const answer = await response;
    const text = await answer.text();
    if (![status].flat().includes(answer.status))
      throw new Error(`${answer.status} in place of ${String(status)}: ${text}`);
    return JSON.parse(text) as Body;
  }

  /** Status and Discord's code of a refusal. */
  async refusal(response: Promise<Response>): Promise<[status: number, code: number]> {
    const answer = await response;
    return [answer.status, ((await answer.json()) as { code: number }).code];
  }

  /** A person who is a member of the guild. */
  person(username: string, roleIds: string[] = []): string {
    const { id } = this.control.createUser({ username });
    this.control.addMember(this.guildId, id, { roleIds });
    return id;
  }

  async close(): Promise<void> {
    await Promise.all(this.clients.map((client) => client.destroy()));
    await this.simulator.close();
  }
}
