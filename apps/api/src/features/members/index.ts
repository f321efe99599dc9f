export { DiscordUsersRepository } from './discord-users.repository.js';
export type { MemberChange } from './member-changes.repository.js';
export { MemberCopy } from './member-copy.js';
export { MembersIngestRepository } from './members-ingest.repository.js';
export { MembersModule } from './members.module.js';
export { MembersService } from './members.service.js';
