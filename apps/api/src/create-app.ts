import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import cookie from '@fastify/cookie';
import { listenError } from '@guildhall/process';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { AppModule } from './app.module.js';
import type { ApiConfig } from './config.js';
import type { Clock } from './platform/clock.js';
import { requireDatabase } from './platform/database/require-database.js';
import { serveApiDocs } from './platform/http/api-docs.js';
import { serveDashboard } from './platform/http/dashboard-files.js';
import { markAnswers } from './platform/http/request-hooks.js';
import { requireOwnHost } from './platform/http/require-host.js';
import { RouteTable } from './platform/http/route-table.js';
import { protectPages } from './platform/http/security-headers.js';
import { createServerAdapter } from './platform/http/server-adapter.js';
import { NestLogger } from './platform/logging/nest-logger.js';
import { logRequests } from './platform/logging/request-log.js';
import { Metrics } from './platform/metrics/metrics.js';

export interface Api {
  app: NestFastifyApplication;
  /** Where it listens. */
  url: string;
  /** Stops accepting, finishes what runs, and closes what is open. */
  close: () => Promise<void>;
}

export interface ApiOptions {
  /** The time, where a spec sets it. */
  clock?: Clock;
}

/**
 * Starts the API.
 * @throws StartError when its port, its database or its files cannot be had; nothing is left running then
 */
export async function createApi(config: ApiConfig, logger: Logger, { clock }: ApiOptions = {}): Promise<Api> {
  await requireDatabase(config.DATABASE_URL);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with({ config, logger, clock }),
    createServerAdapter(config),
    { logger: new NestLogger(logger), abortOnError: false },
  );
  try {
    await prepareServer(app, { config, logger });
    await listen(app, config);
  } catch (error) {
    await app.close();
    throw error;
  }
  const url = urlOf(app, config.HOST);
  logger.info({ url }, 'the API listens');
  return { app, url, close: () => app.close() };
}

/** Everything around the routes; they are added when the application is initialised, and these hooks see them all. */
async function prepareServer(
  app: NestFastifyApplication,
  { config, logger }: { config: ApiConfig; logger: Logger },
): Promise<void> {
  const server = app.getHttpAdapter().getInstance();
  app.get(RouteTable).watch(server);
  markAnswers(server);
  logRequests(server, logger);
  app.get(Metrics).observe(server);
  requireOwnHost(server, config);
  allowDashboard(app, config);
  await app.register(cookie);
  await protectPages(server, config);
  serveApiDocs(app);
  if (config.WEB_DIST !== undefined) await serveDashboard(server, config.WEB_DIST);
}

/** Headers of answers that pages of another origin may read. */
const EXPOSED_HEADERS = [
  'x-request-id',
  'etag',
  'idempotency-replayed',
  'ratelimit',
  'ratelimit-policy',
  'retry-after',
];

/** The dashboard may be served from another origin than the API; nobody else's pages may call it. */
function allowDashboard(app: NestFastifyApplication, config: ApiConfig): void {
  app.enableCors({
    origin: new URL(config.WEB_URL).origin,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    credentials: true,
    exposedHeaders: EXPOSED_HEADERS,
  });
}

async function listen(app: NestFastifyApplication, { HOST: host, PORT: port }: ApiConfig): Promise<void> {
  await app.init();
  try {
    await app.listen(port, host);
  } catch (error) {
    // Safe: `listen` fails with nothing but a system error.
    throw listenError(error as NodeJS.ErrnoException, { host, port, variable: 'PORT' });
  }
}

/** An address that this machine can use: nobody can connect to "all addresses". */
function urlOf(app: NestFastifyApplication, host: string): string {
  // Safe: a TCP server that listens has an address with a port.
  const { port } = app.getHttpServer().address() as AddressInfo;
  if (host === '0.0.0.0') return `http://127.0.0.1:${port}`;
  if (host === '::') return `http://[::1]:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
