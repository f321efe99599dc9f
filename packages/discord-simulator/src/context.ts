import type { Exchange } from './options.js';
import type { GatewayHub } from './gateway/hub.js';
import type { Interactions } from './interactions/interactions.js';
import type { Logger } from './logger.js';
import type { RateLimits } from './rest/rate-limits.js';
import type { RestFaults } from './rest/faults.js';
import type { World } from './state/world.js';

/** What every route of a simulator works with. */
export interface SimulatorContext {
  world: World;
  hub: GatewayHub;
  interactions: Interactions;
  rateLimits: RateLimits;
  faults: RestFaults;
  logger: Logger;
  /** Told of every request to the REST API that was answered. */
  onExchange?: ((exchange: Exchange) => void) | undefined;
}
