export { BansIngest } from './bans.ingest.js';
export { BansModule } from './bans.module.js';
