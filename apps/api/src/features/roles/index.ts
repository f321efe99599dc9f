export { RolesIngest } from './roles.ingest.js';
export { RolesModule } from './roles.module.js';
