export { DiscordAuditModule } from './discord-audit.module.js';
