import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { GatewayOpcodes } from 'discord-api-types/v10';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Logger } from '../logger.js';
import type { World } from '../state/world.js';
import { receive } from './client-frames.js';
import { COMPRESSIONS, isServed } from './compression.js';
import { Connection, type ConnectionTerms } from './connection.js';
import type { GatewayHub } from './hub.js';
import { closeCodes } from './payloads.js';

/** A frame above Discord's own limit is answered with a close code; one above this is not even read. */
const MAX_READ_BYTES = 1_048_576;
const CLOSE_GOING_AWAY = 1001;
/** Codes by which a client ends its session. @see https://docs.discord.com/developers/events/gateway#initiating-a-disconnect */
const FAREWELLS = [1000, CLOSE_GOING_AWAY];
const NEWEST_VERSION = 10;
const VERSIONS = [9, NEWEST_VERSION];

export interface GatewayServerOptions {
  world: World;
  hub: GatewayHub;
  heartbeatIntervalMs: number;
  logger: Logger;
}

/** The WebSocket side of the Discord Gateway. @see https://docs.discord.com/developers/events/gateway */
export class GatewayServer {
  private readonly sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_READ_BYTES });
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
      this.sockets.handleUpgrade(request, socket, head, (ws) => this.accept(ws, request, url.searchParams));
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

  private accept(socket: WebSocket, request: IncomingMessage, query: URLSearchParams): void {
    // Clients of a lost network never close: without an error handler their reset would end the process.
    socket.on('error', () => socket.terminate());
    const terms = termsOf(query, request.headers.host ?? 'localhost');
    if (!terms) return socket.close(...closeCodes.invalidVersion);
    const { world, hub, heartbeatIntervalMs, logger } = this.options;
    const connection = new Connection(socket, terms);
    socket.on('message', (data) => receive({ world, hub, logger, connection }, data));
    socket.on('close', (code) => {
      clearInterval(this.timers.get(connection));
      this.timers.delete(connection);
      connection.release();
      hub.detach(connection, !connection.isDismissed && FAREWELLS.includes(code));
    });
    this.timers.set(
      connection,
      setInterval(() => checkHeartbeat(connection), heartbeatIntervalMs * 1.5),
    );
    const hello = { heartbeat_interval: heartbeatIntervalMs, _trace: [] };
    connection.sendJson({ op: GatewayOpcodes.Hello, s: null, t: null, d: hello });
  }
}

/** What the URL asks for; null where the version, the encoding or the compression is not served. */
function termsOf(query: URLSearchParams, host: string): ConnectionTerms | null {
  const version = Number(query.get('v') ?? NEWEST_VERSION);
  if (!VERSIONS.includes(version) || (query.get('encoding') ?? 'json') !== 'json') return null;
  const wanted = query.get('compress');
  if (wanted === null) return { host, version, compression: null };
  const compression = COMPRESSIONS.find((it) => it === wanted && isServed(it));
  return compression ? { host, version, compression } : null;
}

function checkHeartbeat(connection: Connection): void {
  if (connection.isAlive) connection.isAlive = false;
  else connection.close(...closeCodes.sessionTimedOut);
}
