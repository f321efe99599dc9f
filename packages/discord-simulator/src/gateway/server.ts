import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { GatewayIntentBits as Intent, GatewayOpcodes } from 'discord-api-types/v10';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { z } from 'zod';
import { setPresence } from '../actions/members.js';
import type { ApplicationRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import { Connection } from './connection.js';
import type { GatewayHub } from './hub.js';
import { sendMemberChunks } from './members.js';
import {
  closeCodes,
  envelope,
  identifyPayload,
  KNOWN_INTENTS,
  presencePayload,
  requestMembersPayload,
  resumePayload,
} from './payloads.js';

/** Largest frame a client may send. @see https://docs.discord.com/developers/events/gateway#sending-events */
const MAX_CLIENT_FRAME_BYTES = 4_096;
const CLOSE_GOING_AWAY = 1001;

export interface GatewayServerOptions {
  world: World;
  hub: GatewayHub;
  heartbeatIntervalMs: number;
}

/** The WebSocket side of the Discord Gateway. @see https://docs.discord.com/developers/events/gateway */
export class GatewayServer {
  private readonly sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_CLIENT_FRAME_BYTES });
  private readonly timers = new Map<Connection, NodeJS.Timeout>();

  constructor(private readonly options: GatewayServerOptions) {}

  /** Takes over the upgrade requests of an HTTP server. */
  listenOn(server: Server): void {
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const url = new URL(request.url ?? '/', 'ws://simulator');
      if (!/^\/gateway\/?$/.test(url.pathname)) {
        socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
        return;
      }
      this.sockets.handleUpgrade(request, socket, head, (ws) => this.accept(ws, request, url));
    });
  }

  close(): void {
    for (const timer of this.timers.values()) clearInterval(timer);
    for (const socket of this.sockets.clients) {
      socket.close(CLOSE_GOING_AWAY, 'Simulator is stopping.');
      socket.terminate();
    }
    this.sockets.close();
  }

  private accept(socket: WebSocket, request: IncomingMessage, url: URL): void {
    const compress = url.searchParams.get('compress') === 'zlib-stream';
    const connection = new Connection(socket, request.headers.host ?? 'localhost', compress);
    // Clients of a lost network never close: without an error handler their reset would end the process.
    socket.on('error', () => socket.terminate());
    const version = url.searchParams.get('v');
    if ((version && !['9', '10'].includes(version)) || (url.searchParams.get('encoding') ?? 'json') !== 'json') {
      connection.close(...closeCodes.invalidVersion);
      return;
    }
    socket.on('message', (data) => this.receive(connection, data));
    socket.on('close', (code) => {
      clearInterval(this.timers.get(connection));
      this.timers.delete(connection);
      this.options.hub.detach(connection, code === 1000 || code === 1001);
    });
    this.timers.set(
      connection,
      setInterval(() => this.checkHeartbeat(connection), this.options.heartbeatIntervalMs * 1.5),
    );
    connection.sendJson({
      op: GatewayOpcodes.Hello,
      s: null,
      t: null,
      d: { heartbeat_interval: this.options.heartbeatIntervalMs, _trace: [] },
    });
  }

  private checkHeartbeat(connection: Connection): void {
    if (connection.isAlive) connection.isAlive = false;
    else connection.close(...closeCodes.sessionTimedOut);
  }

  private receive(connection: Connection, data: RawData): void {
    const frame = envelope.safeParse(parseJson(data));
    if (!frame.success) return connection.close(...closeCodes.decodeError);
    const { op, d } = frame.data;
    switch (op) {
      case GatewayOpcodes.Heartbeat:
        return this.heartbeat(connection, d);
      case GatewayOpcodes.Identify:
        return this.identify(connection, d);
      case GatewayOpcodes.Resume:
        return this.resume(connection, d);
      case GatewayOpcodes.RequestGuildMembers:
        return this.withSession(
          connection,
          requestMembersPayload,
          d,
          (request, session) => void sendMemberChunks(this.options.world, session, request),
        );
      case GatewayOpcodes.PresenceUpdate:
        return this.withSession(connection, presencePayload, d, ({ status, activities }, session) =>
          setPresence(this.options.world, session.botId, {
            status: status === 'invisible' ? 'offline' : status,
            activities,
          }),
        );
      case GatewayOpcodes.VoiceStateUpdate:
        return connection.session ? undefined : connection.close(...closeCodes.notAuthenticated);
      default:
        return connection.close(...closeCodes.unknownOpcode);
    }
  }

  private heartbeat(connection: Connection, seq: unknown): void {
    connection.isAlive = true;
    if (typeof seq === 'number') connection.session?.acknowledge(seq);
    connection.sendJson({ op: GatewayOpcodes.HeartbeatAck, d: null });
  }

  private withSession<Schema extends z.ZodType>(
    connection: Connection,
    schema: Schema,
    payload: unknown,
    act: (payload: z.infer<Schema>, session: NonNullable<Connection['session']>) => void,
  ): void {
    if (!connection.session) return connection.close(...closeCodes.notAuthenticated);
    const parsed = schema.safeParse(payload);
    if (!parsed.success) return connection.close(...closeCodes.decodeError);
    act(parsed.data, connection.session);
  }

  private identify(connection: Connection, payload: unknown): void {
    if (connection.session) return connection.close(...closeCodes.alreadyAuthenticated);
    const parsed = identifyPayload.safeParse(payload);
    if (!parsed.success) return connection.close(...closeCodes.decodeError);
    const { token, intents, shard, large_threshold, presence } = parsed.data;
    const application = this.options.world.applicationByToken(token.replace(/^Bot /, ''));
    if (!application) return connection.close(...closeCodes.authenticationFailed);
    if (shard[0] >= shard[1]) return connection.close(...closeCodes.invalidShard);
    if (intents & ~KNOWN_INTENTS) return connection.close(...closeCodes.invalidIntents);
    if (intents & disallowedIntents(application)) return connection.close(...closeCodes.disallowedIntents);
    this.options.hub.open(connection, { application, intents, shard, largeThreshold: large_threshold });
    const wanted = presencePayload.safeParse(presence);
    const status = wanted.success && wanted.data.status !== 'invisible' ? wanted.data.status : 'online';
    setPresence(this.options.world, application.id, { status, activities: wanted.data?.activities ?? [] });
  }

  private resume(connection: Connection, payload: unknown): void {
    if (connection.session) return connection.close(...closeCodes.alreadyAuthenticated);
    const parsed = resumePayload.safeParse(payload);
    if (!parsed.success) return connection.close(...closeCodes.decodeError);
    const { session_id, seq, token } = parsed.data;
    const isResumed = this.options.hub.resume(connection, session_id, { token: token.replace(/^Bot /, ''), seq });
    if (!isResumed) connection.sendJson({ op: GatewayOpcodes.InvalidSession, d: false });
  }
}

function disallowedIntents({ privilegedIntents }: ApplicationRecord): number {
  return (
    (privilegedIntents.members ? 0 : Intent.GuildMembers) |
    (privilegedIntents.presence ? 0 : Intent.GuildPresences) |
    (privilegedIntents.messageContent ? 0 : Intent.MessageContent)
  );
}

function parseJson(data: RawData): unknown {
  try {
    return JSON.parse(data.toString());
  } catch {
    // The caller answers what is not an envelope with 4002.
    return undefined;
  }
}
