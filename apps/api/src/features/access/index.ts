export { GuildAccessModule } from './access.module.js';
export { Invitations } from './invitations.js';
