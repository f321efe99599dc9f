import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BotConfiguration, DEFAULT_GUILD_SETTINGS } from '@guildhall/contracts';
import { demoApplication, type Simulator, type SimulatorOptions } from '@guildhall/discord-simulator';
import { startCheckedSimulator } from '@guildhall/discord-simulator/testing';
import { pino } from 'pino';
import { startGateway, type Gateway } from '../../gateway/src/index.js';
import { BackendPeer } from './backend-peer.js';
import { startBot, type RunningBot } from './running-bot.js';

export const SECRET = 'a secret that is long enough for every part';

export interface Guild {
  guildId: string;
  channelId: string;
}

/** The simulator with two guilds and two people, a gateway, an API of two routes, and the bot in a process of its own. */
export class Stage {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'guildhall-bot-'));
  /** Where the API is, or was. */
  readonly apiUrl: string;
  readonly #bots: RunningBot[] = [];
  /** What the API says of the guilds' settings. */
  configuration: BotConfiguration = {
    webUrl: 'https://guildhall.example',
    defaults: { ...DEFAULT_GUILD_SETTINGS, messageContent: 'full' },
    guilds: [],
  };
  handleApi: (request: IncomingMessage, response: ServerResponse) => void = answerPing;

  private constructor(
    readonly simulator: Simulator,
    public gateway: Gateway,
    readonly backend: BackendPeer,
    readonly api: Server,
    readonly people: { luc: string; ada: string },
    readonly guilds: { french: Guild; english: Guild },
  ) {
    this.apiUrl = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
    api.on('request', (request: IncomingMessage, response: ServerResponse) => {
      if (request.url?.startsWith('/api/interactions/configuration')) response.end(JSON.stringify(this.configuration));
      else this.handleApi(request, response);
    });
  }

  static async set(options: Partial<SimulatorOptions> = {}): Promise<Stage> {
    const simulator = await startCheckedSimulator({
      port: 0,
      seed: 'empty',
      activity: false,
      rateLimits: 'off',
      ...options,
    });
    const { control } = simulator;
    const people = {
      luc: control.createUser({ username: 'luc', locale: 'fr' }).id,
      ada: control.createUser({ username: 'ada', locale: 'en-GB' }).id,
    };
    const addGuild = (name: string, preferredLocale: string): Guild => {
      const guildId = control.createGuild({ name, ownerId: people.luc, preferredLocale }).id;
      control.addMember(guildId, people.ada);
      return { guildId, channelId: control.createChannel(guildId, { name: 'general' }).id };
    };
    const guilds = { french: addGuild('Volta', 'fr'), english: addGuild('Tavern', 'en-US') };
    const gateway = await openGateway(0);
    const api = createServer().listen(0, '127.0.0.1');
    await once(api, 'listening');
    return new Stage(simulator, gateway, new BackendPeer(gateway.url, SECRET), api, people, guilds);
  }

  get environment(): Record<string, string> {
    return {
      DISCORD_TOKEN: demoApplication.botToken,
      DISCORD_API_URL: this.simulator.apiUrl,
      GATEWAY_URL: this.gateway.url,
      GATEWAY_SECRET: SECRET,
      API_URL: this.apiUrl,
      SERVICE_TOKEN: SECRET,
      GUILDHALL_DATA_DIR: this.dataDir,
    };
  }

  async startBot(changes: Record<string, string> = {}): Promise<RunningBot> {
    const bot = await startBot({ ...this.environment, ...changes });
    this.#bots.push(bot);
    return bot;
  }

  /** Ends the gateway and starts another one at the same address. */
  async restartGateway(): Promise<void> {
    const port = Number(new URL(this.gateway.url).port);
    await this.gateway.close();
    this.gateway = await openGateway(port);
  }

  /** Writes a message as a person. */
  say(content: string, { channelId }: Guild = this.guilds.english, personId = this.people.ada): string {
    return this.simulator.control.sendMessage(personId, channelId, content).id;
  }

  /** What the bot answered to a message. */
  repliesTo(messageId: string, { guildId }: Guild): Reply[] {
    const { messages } = this.simulator.control.snapshot(guildId) as { messages: Reply[] };
    return messages.filter((message) => message.message_reference?.message_id === messageId);
  }

  /** The API is gone, and connections to it are refused. */
  closeApi(): void {
    this.api.closeAllConnections();
    this.api.close();
  }

  async strike(): Promise<void> {
    await Promise.all(this.#bots.map((bot) => bot.kill('SIGKILL')));
    this.backend.close();
    this.closeApi();
    await this.gateway.close();
    await this.simulator.close();
    rmSync(this.dataDir, { recursive: true });
  }
}

export interface Reply {
  content: string;
  embeds: { title?: string; fields?: { name: string; value: string }[] }[];
  message_reference?: { message_id: string };
}

/** What the API answers to `GET /api/gateway/ping`. */
export function answerPing(_request: IncomingMessage, response: ServerResponse): void {
  const hops = [{ from: 'api', to: 'database', latencyMs: 1.25 }];
  response.end(JSON.stringify({ botId: 'guildhall', hops, outboxDepth: 0 }));
}

function openGateway(port: number): Promise<Gateway> {
  return startGateway({ GATEWAY_PORT: port, GATEWAY_SECRET: SECRET }, { logger: pino({ level: 'silent' }) });
}
