export * from './bot-events.js';
export * from './interaction-context.js';
export * from './protocol.js';
