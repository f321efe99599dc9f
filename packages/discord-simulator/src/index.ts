export { startSimulator, type Simulator } from './simulator.js';
export { demoApplication, type ApplicationOptions, type SimulatorOptions } from './options.js';
export { Control, type SentMessage } from './control/control.js';
export type { BurstRequest, BurstResult } from './control/burst.js';
export type { InteractionOutcome } from './interactions/interactions.js';
export type { CommandUse, ComponentUse, ModalUse } from './interactions/person.js';
export { createLogger, type Logger } from './logger.js';
export { StateUnusable } from './state/persistence.js';
export { demoIds } from './demo/index.js';
