import { botStatusSchema, gatewayEvents, type GatewayStatus, type Registered } from '@guildhall/contracts';
import type { Logger } from 'pino';
import type { Server, Socket } from 'socket.io';
import { Batches } from './batches.js';
import { BotCommands } from './bot-commands.js';
import type { Metrics } from './metrics.js';
import { Peers, type BackendPeer, type BotPeer, type Peer } from './peers.js';
import { judgeRegistration, REGISTRATION_DEADLINE_MS } from './registration.js';

export interface HubOptions {
  secret: string;
  logger: Logger;
  metrics: Metrics;
  /** Milliseconds a connection may stay unregistered. */
  registrationDeadlineMs?: number;
}

type Acknowledge = ((answer: unknown) => void) | undefined;

/** The protocol between bots and APIs: who may say what, and where it goes. */
export class Hub {
  readonly peers = new Peers();
  readonly #batches: Batches;
  readonly #commands: BotCommands;

  constructor(private readonly options: HubOptions) {
    const { metrics, logger } = options;
    this.#batches = new Batches(this.peers, metrics, logger);
    this.#commands = new BotCommands(this.peers, metrics, logger);
  }

  /** Serves every connection of the Socket.IO server. */
  attach(server: Server): void {
    server.on('connection', (socket) => {
      this.#welcome(socket);
    });
  }

  /** Tells every API how this gateway is. */
  reportStatus(): void {
    for (const backend of this.peers.backends()) this.#reportStatusTo(backend);
  }

  #reportStatusTo({ socket }: BackendPeer): void {
    socket.emit(gatewayEvents.gatewayStatus, {
      uptimeSeconds: Math.round(process.uptime()),
      batchesInFlight: this.#batches.inFlight,
      bots: this.peers.bots().length,
      backends: this.peers.backends().length,
    } satisfies GatewayStatus);
  }

  #welcome(socket: Socket): void {
    const { logger } = this.options;
    let peer: Peer | undefined;
    const deadline = setTimeout(() => {
      this.#refuse('unregistered', socket, undefined);
      socket.disconnect(true);
    }, this.options.registrationDeadlineMs ?? REGISTRATION_DEADLINE_MS);
    socket.onAny((event: string, ...parameters: unknown[]) => {
      const acknowledge = takeAcknowledge(parameters);
      if (event === gatewayEvents.register && !peer) {
        peer = this.#register(socket, parameters[0]);
        clearTimeout(deadline);
      } else if (peer) {
        void this.#receive(peer, event, parameters[0], acknowledge);
      } else {
        this.#refuse('unregistered', socket, acknowledge);
      }
    });
    socket.on('disconnect', (reason) => {
      clearTimeout(deadline);
      if (peer) this.#leave(peer, reason);
      else logger.info({ address: socket.handshake.address, reason }, 'an unregistered connection ended');
    });
  }

  #register(socket: Socket, payload: unknown): Peer | undefined {
    const { logger, metrics, secret } = this.options;
    const registration = judgeRegistration(socket, payload, secret);
    if (!registration.accepted) {
      metrics.refused.inc({ reason: 'registration' });
      logger.warn({ address: socket.handshake.address, reason: registration.answer.reason }, 'refused a registration');
      socket.emit(gatewayEvents.registered, registration.answer);
      socket.disconnect(true);
      return undefined;
    }
    const { peer } = registration;
    const replaced = this.peers.add(peer);
    if (replaced) {
      logger.warn({ botId: replaced.botId }, 'a bot registered again; its older connection is closed');
      const reason = 'another connection registered with this BOT_ID';
      replaced.socket.emit(gatewayEvents.registered, { success: false, reason } satisfies Registered);
      replaced.socket.disconnect(true);
    }
    const botId = peer.type === 'bot' ? peer.botId : undefined;
    logger.info({ type: peer.type, botId, name: peer.name }, 'registered');
    socket.emit(gatewayEvents.registered, {
      success: true,
      ...(botId !== undefined && { botId }),
    } satisfies Registered);
    this.#peersChanged(peer);
    if (peer.type === 'backend') this.#reportStatusTo(peer);
    return peer;
  }

  async #receive(peer: Peer, event: string, payload: unknown, acknowledge: Acknowledge): Promise<void> {
    if (peer.type === 'bot' && event === gatewayEvents.toBackend) {
      acknowledge?.(this.#batches.route(peer, payload));
    } else if (peer.type === 'bot' && event === gatewayEvents.botStatus) {
      this.#takeStatus(peer, payload);
    } else if (peer.type === 'backend' && event === gatewayEvents.backendAck) {
      this.#batches.acknowledge(payload);
    } else if (peer.type === 'backend' && event === gatewayEvents.toBot) {
      const result = await this.#commands.send(payload);
      acknowledge?.(result);
    } else if (peer.type === 'backend' && event === gatewayEvents.broadcastToBots) {
      if (!this.#commands.broadcast(payload)) this.#refuse('malformed', peer.socket, acknowledge);
    } else {
      this.#refuse('not-allowed', peer.socket, acknowledge);
    }
  }

  /** Keeps what a bot says of itself, and tells the APIs. */
  #takeStatus(bot: BotPeer, payload: unknown): void {
    const status = botStatusSchema.safeParse(payload);
    if (!status.success) return this.#refuse('malformed', bot.socket, undefined);
    bot.status = status.data;
    this.#peersChanged(bot);
  }

  #leave(peer: Peer, reason: string): void {
    if (!this.peers.remove(peer)) return;
    const botId = peer.type === 'bot' ? peer.botId : undefined;
    this.options.logger.info({ type: peer.type, botId, name: peer.name, reason }, 'disconnected');
    this.#peersChanged(peer);
  }

  /** Keeps the gauge right and tells the APIs which bots there are; a new API hears it at its registration. */
  #peersChanged(peer: Peer): void {
    const bots = this.peers.connectedBots();
    const backends = this.peers.backends();
    this.options.metrics.peers.set({ type: 'bot' }, bots.length);
    this.options.metrics.peers.set({ type: 'backend' }, backends.length);
    const listeners = peer.type === 'bot' ? backends : [peer];
    for (const { socket } of listeners) socket.emit(gatewayEvents.bots, bots);
  }

  #refuse(code: 'unregistered' | 'not-allowed' | 'malformed', socket: Socket, acknowledge: Acknowledge): void {
    this.options.metrics.refused.inc({ reason: code });
    this.options.logger.warn({ address: socket.handshake.address, code }, 'refused a message');
    acknowledge?.({ ok: false, code });
  }
}

/** Socket.IO passes a sender's acknowledgement callback as the last parameter. */
function takeAcknowledge(parameters: unknown[]): Acknowledge {
  const last = parameters.at(-1);
  // Safe: a function can only come from Socket.IO itself, JSON has none.
  return typeof last === 'function' ? (parameters.pop() as Acknowledge) : undefined;
}
