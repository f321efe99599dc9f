export { DiscordUsersRepository } from './discord-users.repository.js';
export { MembersIngestRepository } from './members-ingest.repository.js';
export { MembersModule } from './members.module.js';
export { MembersService } from './members.service.js';
