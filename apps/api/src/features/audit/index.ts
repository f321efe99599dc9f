export { AuditLogModule } from './audit.module.js';
