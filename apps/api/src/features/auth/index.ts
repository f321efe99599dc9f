export { AccountStanding } from './account-standing.js';
export { AuthModule } from './auth.module.js';
export { AccountMails } from './email/account-mails.js';
export { EmailAccounts } from './email/email-accounts.js';
export { OwnPassword } from './email/own-password.js';
export { Passwords } from './email/passwords.js';
export { KeptDiscordTokens } from './kept-discord-tokens.js';
export { SessionsService } from './sessions.service.js';
