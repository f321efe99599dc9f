export * from './accounts.js';
export * from './admin-accounts.js';
export * from './discord-links.js';
export * from './email-sign-in.js';
export * from './sessions.js';
