import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { MAX_GATEWAY_MESSAGE_BYTES, STATUS_INTERVAL_MS, type Health } from '@guildhall/contracts';
import { VERSION, createLogger, createStatusServer, listenError } from '@guildhall/process';
import type { Logger } from 'pino';
import { Server } from 'socket.io';
import { configSchema, type Config } from './config.js';
import { Hub } from './hub.js';
import { createMetrics } from './metrics.js';

export { type Config } from './config.js';

/** A peer that went silent is found after at most the sum of both, well within 30 s. */
const PING_INTERVAL_MS = 10_000;
const PING_TIMEOUT_MS = 10_000;

export interface Gateway {
  /** Where peers connect, and where health and metrics are served. */
  url: string;
  close: () => Promise<void>;
}

export interface GatewayOptions {
  logger?: Logger;
  /** Milliseconds a connection may stay unregistered; 5 s when absent. */
  registrationDeadlineMs?: number;
  /** How often peers are asked for a sign of life, and how long they may take; 10 s each when absent. */
  heartbeat?: { intervalMs: number; timeoutMs: number };
}

/**
 * Starts a gateway.
 * @throws StartError when its port cannot be had
 */
export async function startGateway(input: Partial<Config>, options: GatewayOptions = {}): Promise<Gateway> {
  const config = configSchema.parse(input);
  const logger =
    options.logger ??
    createLogger({ app: 'gateway', level: config.LOG_LEVEL, isProduction: config.NODE_ENV === 'production' });
  const metrics = createMetrics();
  const hub = new Hub({ secret: config.GATEWAY_SECRET, logger, metrics, ...options });
  const http = createStatusServer({ health: () => healthOf(hub), registry: metrics.registry });
  const sockets = new Server(http, {
    serveClient: false,
    maxHttpBufferSize: MAX_GATEWAY_MESSAGE_BYTES,
    pingInterval: options.heartbeat?.intervalMs ?? PING_INTERVAL_MS,
    pingTimeout: options.heartbeat?.timeoutMs ?? PING_TIMEOUT_MS,
    perMessageDeflate: false,
  });
  hub.attach(sockets);
  const { GATEWAY_HOST: host, GATEWAY_PORT: port } = config;
  try {
    http.listen(port, host);
    await once(http, 'listening');
  } catch (error) {
    // Safe: `listen` fails with nothing but a system error.
    throw listenError(error as NodeJS.ErrnoException, { host, port, variable: 'GATEWAY_PORT' });
  }
  // Safe: a TCP server that listens has an address with a port.
  const url = `http://${host}:${(http.address() as AddressInfo).port}`;
  logger.info({ url }, 'the gateway listens');
  const reporting = setInterval(() => hub.reportStatus(), STATUS_INTERVAL_MS);
  const close = async (): Promise<void> => {
    clearInterval(reporting);
    await sockets.close();
  };
  return { url, close };
}

/** The gateway needs nobody to do its work: peers come and go, and are listed for the operator. */
function healthOf(hub: Hub): Health {
  const bots = hub.peers.bots().length;
  const backends = hub.peers.backends().length;
  const dependency = (count: number) => ({ status: count > 0 ? 'up' : 'down', detail: `${count} connected` }) as const;
  return {
    status: 'healthy',
    version: VERSION,
    uptimeSeconds: Math.round(process.uptime()),
    dependencies: { bots: dependency(bots), backends: dependency(backends) },
  };
}
