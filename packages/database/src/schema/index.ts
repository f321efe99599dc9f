export * from './auth.js';
export * from './channels.js';
export * from './guilds.js';
export * from './ingest.js';
export * from './members.js';
export * from './messages.js';
export * from './roles.js';
