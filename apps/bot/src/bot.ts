import { createStatusServer, listenError } from '@guildhall/process';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { container, type SapphireClient } from '@sapphire/framework';
import { Events, GatewayDispatchEvents, ShardClientUtil, type GatewayDispatchPayload } from 'discord.js';
import type { Logger } from 'pino';
import { ApiClient } from './api-client.js';
import { logLoadedPieces } from './banner.js';
import { answerCommand } from './bot-commands.js';
import type { Config } from './config.js';
import { ConfigurationFile } from './configuration/configuration-file.js';
import { ConfigurationReader } from './configuration/configuration-reader.js';
import { GuildConfigurations } from './configuration/guild-configurations.js';
import { BanLists } from './discord/ban-lists.js';
import { createClient, subscribeToPresences } from './discord/create-client.js';
import { mayReadBans, readableChannels } from './discord/guild-reader.js';
import { GuildReadings } from './discord/guild-readings.js';
import { HistoryImport } from './discord/history-import.js';
import { MemberLists } from './discord/member-lists.js';
import { fatalCloseError, mayReadPresences, waitForDiscord } from './discord/preflight.js';
import { completeResumedShard } from './discord/resumed-shard.js';
import { ShardSockets } from './discord/shard-sockets.js';
import { GatewayClient } from './gateway-client.js';
import { createMetrics } from './metrics.js';
import { loadPieces } from './pieces.js';
import { Intake } from './pipeline/intake.js';
import { MemberStage } from './pipeline/member-stage.js';
import { Outbox } from './pipeline/outbox.js';
import { PresenceChanges } from './pipeline/presence-changes.js';
import { Sender } from './pipeline/sender.js';
import type { MessageContext } from './pipeline/translate/translation.js';
import { healthOf, StatusReport } from './status.js';

const RESUME_RETRY_DELAY_MS = 2_000;

export interface BotOptions {
  logger: Logger;
  /** Called when the running bot cannot go on; what was not committed is still with Discord. */
  onFatal: (error: unknown) => void;
}

/** Discord on one side, the gateway on the other, the outbox between them. */
export class Bot {
  readonly #metrics = createMetrics();
  readonly #starting = new AbortController();
  readonly #outbox: Outbox;
  readonly #api: ApiClient;
  readonly #configurationFile: ConfigurationFile;
  readonly #configurations: GuildConfigurations;
  readonly #configurationReader: ConfigurationReader;
  readonly #sockets: ShardSockets;
  readonly #memberLists: MemberLists;
  readonly #memberStage: MemberStage;
  readonly #banLists: BanLists;
  readonly #historyImport: HistoryImport;
  readonly #presences: PresenceChanges;
  readonly #intake: Intake;
  readonly #client: SapphireClient;
  readonly #gateway: GatewayClient;
  readonly #http: Server;
  /** Shards that had a READY in this process; others were resumed from an earlier one. */
  readonly #knownShards = new Set<number>();
  #closeError: Error | undefined;

  /** @throws StartError when the outbox cannot be used */
  constructor(
    private readonly config: Config,
    private readonly options: BotOptions,
  ) {
    const { logger } = options;
    const path = (name: string): string => join(config.GUILDHALL_DATA_DIR, 'bot', `${name}-${config.BOT_ID}.sqlite`);
    this.#outbox = new Outbox(path('outbox'), { onFailure: options.onFatal });
    this.#configurationFile = new ConfigurationFile(path('configuration'));
    this.#configurations = new GuildConfigurations(this.#configurationFile);
    this.#api = new ApiClient(config.API_URL, config.SERVICE_TOKEN);
    this.#configurationReader = new ConfigurationReader({
      api: this.#api,
      configurations: this.#configurations,
      logger,
    });
    this.#sockets = new ShardSockets(this.#outbox, { token: config.DISCORD_TOKEN, apiUrl: config.DISCORD_API_URL });
    this.#memberLists = new MemberLists({ logger, send: (shard, payload) => this.#sockets.send(shard, payload) });
    this.#client = createClient(config, this.#sockets, logger);
    this.#memberStage = new MemberStage(this.#outbox);
    this.#presences = new PresenceChanges(this.#outbox);
    this.#banLists = this.#createBanLists();
    this.#historyImport = this.#createHistoryImport();
    this.#intake = this.#createIntake();
    this.#gateway = this.#createGateway();
    const health = () => healthOf({ client: this.#client, gateway: this.#gateway, outbox: this.#outbox });
    this.#http = createStatusServer({ health, registry: this.#metrics.registry });
  }

  /**
   * Starts everything and resolves with the address of health and metrics, once the bot is ready on Discord.
   * @throws StartError for what an operator must correct
   */
  async start(): Promise<string> {
    const { config, options } = this;
    const url = await this.#listen();
    this.#gateway.start();
    this.#configurationReader.start();
    const { DISCORD_API_URL: apiUrl, DISCORD_TOKEN: token } = config;
    await waitForDiscord({ apiUrl, token, logger: options.logger, signal: this.#starting.signal });
    if (config.BOT_PRESENCE_INTENT === 'auto' && (await mayReadPresences({ apiUrl, token, logger: options.logger }))) {
      subscribeToPresences(this.#client);
    }
    this.#listenToDiscord();
    Object.assign(container, {
      api: this.#api,
      configurations: this.#configurations,
      metrics: this.#metrics,
      botId: config.BOT_ID,
      pino: options.logger,
    });
    await loadPieces();
    const ready = once(this.#client, Events.ClientReady, { signal: this.#starting.signal });
    await Promise.all([this.#login(), ready]);
    // Whoever hears that the bot is ready may kill it and lose nothing: the session and its guilds are on disk.
    this.#outbox.commit();
    logLoadedPieces(options.logger);
    options.logger.info({ user: this.#client.user?.tag, guilds: this.#client.guilds.cache.size }, 'ready on Discord');
    return url;
  }

  /** Leaves Discord so that its sessions can be resumed, commits what came, and closes everything. */
  async stop(): Promise<void> {
    this.#starting.abort();
    this.#configurationReader.stop();
    this.#memberLists.stop();
    this.#historyImport.stop();
    this.#banLists.stop();
    await this.#sockets.leave();
    this.#presences.stop();
    this.#gateway.stop();
    await this.#client.destroy();
    this.#http.closeAllConnections();
    this.#http.close();
    this.#outbox.close();
    this.#configurationFile.close();
  }

  #createGateway(): GatewayClient {
    const { config, options } = this;
    const sender = new Sender(this.#outbox, this.#metrics, options.logger);
    const report = new StatusReport(this.#client, this.#outbox);
    return new GatewayClient({
      urls: config.GATEWAY_URL,
      secret: config.GATEWAY_SECRET,
      botId: config.BOT_ID,
      logger: options.logger,
      status: () => report.current(),
      onConnected: (send) => {
        this.#configurationReader.refreshAll();
        sender.connected(send);
      },
      onDisconnected: () => sender.disconnected(),
      onAcknowledged: (payload) => sender.acknowledged(payload),
      answer: (command) =>
        answerCommand(command, {
          botId: config.BOT_ID,
          client: this.#client,
          outbox: this.#outbox,
          memberLists: this.#memberLists,
          memberStage: this.#memberStage,
          structure: this.#intake,
          configuration: this.#configurationReader,
        }),
    });
  }

  #createIntake(): Intake {
    return new Intake({
      outbox: this.#outbox,
      sockets: this.#sockets,
      presences: this.#presences,
      readings: new GuildReadings({
        outbox: this.#outbox,
        memberLists: this.#memberLists,
        memberStage: this.#memberStage,
        banLists: this.#banLists,
        historyImport: this.#historyImport,
      }),
      metrics: this.#metrics,
      logger: this.options.logger,
      ...this.#messageContext(),
    });
  }

  #messageContext(): MessageContext {
    return {
      hasMessageContent: this.config.BOT_MESSAGE_CONTENT_INTENT === 'on',
      messageContentOf: (guildId) => this.#configurations.of(guildId).messageContent,
    };
  }

  #createBanLists(): BanLists {
    return new BanLists({
      rest: this.#client.rest,
      outbox: this.#outbox,
      mayReadBans: (guildId) => mayReadBans(this.#client, guildId),
      metrics: this.#metrics,
      logger: this.options.logger,
    });
  }

  #createHistoryImport(): HistoryImport {
    return new HistoryImport({
      rest: this.#client.rest,
      outbox: this.#outbox,
      readableChannels: (guildId) => readableChannels(this.#client, guildId),
      modesKnown: this.#configurations.learned,
      ...this.#messageContext(),
      metrics: this.#metrics,
      logger: this.options.logger,
    });
  }

  async #listen(): Promise<string> {
    const { BOT_HOST: host, BOT_PORT: port } = this.config;
    try {
      this.#http.listen(port, host);
      await once(this.#http, 'listening');
    } catch (error) {
      // Safe: `listen` fails with nothing but a system error.
      throw listenError(error as NodeJS.ErrnoException, { host, port, variable: 'BOT_PORT' });
    }
    // Safe: a TCP server that listens has an address with a port.
    return `http://${host}:${(this.#http.address() as AddressInfo).port}`;
  }

  async #login(): Promise<void> {
    try {
      await this.#client.login(this.config.DISCORD_TOKEN);
    } catch (error) {
      throw this.#closeError ?? error;
    }
  }

  #listenToDiscord(): void {
    const { logger } = this.options;
    const client = this.#client;
    client.on(Events.Raw, (...parameters: unknown[]) => {
      // Safe: discord.js documents these parameters, but leaves them untyped.
      const [dispatch, shard] = parameters as [GatewayDispatchPayload, number];
      this.#intake.receive(dispatch, shard);
      if (dispatch.t === GatewayDispatchEvents.Ready) this.#knownShards.add(shard);
      if (dispatch.t === GatewayDispatchEvents.Resumed && !this.#knownShards.has(shard))
        void this.#completeResume(shard);
    });
    client.on(Events.ShardDisconnect, ({ code }) => {
      const { BOT_MESSAGE_CONTENT_INTENT: messageContent, BOT_PRESENCE_INTENT: presences } = this.config;
      const error = fatalCloseError(code, { messageContent: messageContent === 'on', presences: presences === 'on' });
      if (!error) return;
      this.#closeError = error;
      // Before that, the failed login tells the same.
      if (client.isReady()) this.options.onFatal(error);
    });
    client.on(Events.ShardError, (error, shard) =>
      logger.warn({ err: error, shard }, 'a connection to Discord failed'),
    );
    client.on(Events.ShardReconnecting, (shard) => {
      // A stop closes the connections in such a way that discord.js believes in another one.
      if (!this.#starting.signal.aborted) logger.warn({ shard }, 'reconnecting to Discord');
    });
    client.on(Events.ShardResume, (shard, replayed) => logger.info({ shard, replayed }, 'resumed a Discord session'));
    client.on(Events.Error, (error) => logger.error({ err: error }, 'discord.js reported an error'));
    client.on(Events.Debug, (message) => logger.trace({ feature: 'discord.js' }, message));
  }

  /** Until it succeeds, events are kept as always and commands wait. */
  async #completeResume(shard: number): Promise<void> {
    this.#knownShards.add(shard);
    while (!this.#starting.signal.aborted) {
      try {
        await completeResumedShard(this.#client, shard, this.options.logger);
        break;
      } catch (error) {
        this.options.logger.warn(
          { err: error, shard },
          'the guilds of a resumed session could not be read; trying again',
        );
        await wait(RESUME_RETRY_DELAY_MS);
      }
    }
    const shardCount = this.#client.options.shardCount ?? 1;
    const isOfShard = (guildId: string) => ShardClientUtil.shardIdForGuildId(guildId, shardCount) === shard;
    for (const guildId of this.#outbox.wantedMemberLists().filter(isOfShard)) this.#memberLists.want(shard, guildId);
    for (const guildId of this.#outbox.wantedBanLists().filter(isOfShard)) this.#banLists.want(guildId);
    for (const guildId of this.#outbox.wantedMessageHistories().filter(isOfShard)) this.#historyImport.want(guildId);
  }
}
