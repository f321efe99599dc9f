export * from './lifecycle.js';
export * from './logger.js';
export * from './start-error.js';
export * from './status-server.js';
export * from './version.js';
