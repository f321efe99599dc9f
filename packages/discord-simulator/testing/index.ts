import type { SimulatorOptions } from '../src/options.js';
import { type Simulator, startSimulator } from '../src/simulator.js';
import { description } from './description.js';

/** Answers of OAuth2 and of operations that Discord serves without describing them. */
const UNDESCRIBED = /^\/oauth2\/token/;

export interface CheckedSimulator extends Simulator {
  /** What was not as Discord describes it, in lines. */
  readonly faults: ReadonlySet<string>;
}

/**
 * A simulator for tests. Where `DISCORD_OPENAPI` names Discord's own description of its API, every request that was served has to be one
 * that Discord would have understood, and every answer one that Discord could have given: `close` throws what was not.
 */
export async function startCheckedSimulator(options: SimulatorOptions): Promise<CheckedSimulator> {
  const faults = new Set<string>();
  const simulator = await startSimulator({
    ...options,
    onExchange: (exchange) => {
      options.onExchange?.(exchange);
      if (!description || exchange.status >= 400 || UNDESCRIBED.test(exchange.path)) return;
      for (const fault of description.faultsOf(exchange)) faults.add(fault);
    },
  });
  const close = async () => {
    await simulator.close();
    if (faults.size > 0) throw new Error(['Not as Discord describes it:', ...faults].join('\n'));
  };
  return { ...simulator, close, faults };
}
