export { AdminAccountsModule } from './admin-accounts.module.js';
