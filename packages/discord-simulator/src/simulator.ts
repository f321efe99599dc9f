import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { forgetOrphanedFiles } from './actions/attachments.js';
import { armDeadlines } from './actions/deadlines.js';
import { createUser } from './actions/members.js';
import { serveAttachments, serveImages } from './cdn.js';
import { serveClient } from './client/routes.js';
import type { SimulatorContext } from './context.js';
import { Control } from './control/control.js';
import { serveControl } from './control/routes.js';
import type { Scenario } from './scenario/scenario.js';
import { seedDemo, startActivity } from './demo/index.js';
import { GatewayHub } from './gateway/hub.js';
import { GatewayLimits } from './gateway/limits.js';
import { GatewayServer } from './gateway/server.js';
import { discordTimings, Interactions } from './interactions/interactions.js';
import { silentLogger } from './logger.js';
import { serveAuthorizePage } from './oauth/page.js';
import {
  type ApplicationOptions,
  DEFAULT_HEARTBEAT_INTERVAL_MS,
  demoApplication,
  type SimulatorOptions,
} from './options.js';
import { RateLimits } from './rest/rate-limits.js';
import { RestFaults } from './rest/faults.js';
import { serveRest } from './rest/server.js';
import { serveMailbox } from './mailbox.js';
import { Persistence } from './state/persistence.js';
import { Clock } from './state/clock.js';
import { FileStore } from './state/file-store.js';
import { Randomness } from './state/randomness.js';
import { World } from './state/world.js';

export interface Simulator {
  /** Where people and browsers go, without a slash at the end. */
  url: string;
  /** What discord.js takes as `rest.api`. */
  apiUrl: string;
  control: Control;
  /** A play with people who act by name, and expectations of what comes of it. */
  scenario(): Scenario;
  /** Saves the state, closes every socket and frees the port. */
  close(): Promise<void>;
}

/**
 * Starts a Discord of one's own on this machine. Any number can run in one process.
 * @throws StateUnusable when the stored state is damaged or its folder not writable
 * @throws the error of `listen`, e.g. EADDRINUSE, when the port is taken
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const files = new FileStore(options.dataDir === undefined ? undefined : join(options.dataDir, 'files'));
  const world = new World(new Clock(options.startAt?.getTime()), new Randomness(options.randomSeed?.toString()), files);
  const persistence = options.dataDir === undefined ? null : new Persistence(world, options.dataDir);
  if (options.reset) {
    persistence?.reset();
    files.clear();
  }
  const isStored = persistence?.load() ?? false;
  forgetOrphanedFiles(world);
  installApplication(world, options.application ?? demoApplication);
  if (!isStored && options.seed === 'demo') seedDemo(world);
  armDeadlines(world);

  const { onExchange, logger = silentLogger } = options;
  const interactions = new Interactions(world, { ...discordTimings, ...options.interactionTimings });
  const isLimited = options.rateLimits !== 'off';
  const hub = new GatewayHub(world, logger, new GatewayLimits(isLimited));
  const rateLimits = new RateLimits(isLimited);
  const context: SimulatorContext = {
    world,
    hub,
    interactions,
    rateLimits,
    faults: new RestFaults(),
    logger,
    onExchange,
  };
  const control = new Control(context);
  const heartbeatIntervalMs = options.heartbeatIntervalMs ?? DEFAULT_HEARTBEAT_INTERVAL_MS;
  const gateway = new GatewayServer({ world, hub, heartbeatIntervalMs, logger });
  const app = await buildServer(context, control, options.mailDir);
  gateway.listenOn(app.server);
  const url = await app.listen({ port: options.port, host: options.host ?? '127.0.0.1' });
  files.publicUrl = url;
  try {
    persistence?.start();
  } catch (error) {
    await app.close();
    throw error;
  }
  const activity = options.activity ? startActivity(world) : null;
  logger.info({ event: 'simulator.started', url, guilds: world.guilds.size, users: world.users.size });

  return {
    url,
    apiUrl: `${url}/api`,
    control,
    scenario: () => control.scenario(),
    async close() {
      activity?.stop();
      context.faults.freeze(false);
      world.clock.stop();
      interactions.close();
      gateway.close();
      await app.close();
      persistence?.close();
      logger.info({ event: 'simulator.stopped' });
    },
  };
}

async function buildServer(
  context: SimulatorContext,
  control: Control,
  mailDir: string | undefined,
): Promise<FastifyInstance> {
  const { world } = context;
  // Connections that are kept alive or stream live updates must not hold up the end.
  const app = Fastify({ forceCloseConnections: true, routerOptions: { maxParamLength: 300 } });
  app.get('/health', () => ({
    status: 'healthy',
    guilds: world.guilds.size,
    users: world.users.size,
    connections: context.hub.connectedSessions.length,
    applications: world.applications.size,
  }));
  serveImages(app, world);
  serveAttachments(app, world.files);
  await serveRest(app, context);
  await serveAuthorizePage(app, context);
  await serveControl(app, control);
  await serveClient(app, context);
  await serveMailbox(app, mailDir);
  return app;
}

/** The application may have other secrets than last time; its bot keeps its id and its guilds. */
function installApplication(world: World, application: ApplicationOptions): void {
  world.applications.set(application.id, { ...world.applications.get(application.id), ...application });
  if (world.users.has(application.id)) return;
  createUser(world, { id: application.id, username: application.name, avatar: 'demo', isBot: true });
}

/** Where a process with this data folder keeps its simulator's state. */
export function simulatorDirectory(dataDir: string): string {
  return join(dataDir, 'simulator');
}
