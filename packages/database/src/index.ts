export * from './connect.js';
export * from './embedded/index.js';
export * from './migrate.js';
export * as schema from './schema/index.js';
