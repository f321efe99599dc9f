import { Module } from '@nestjs/common';
import { GuildAccessModule } from '../access/index.js';
import { AccountController } from './account.controller.js';
import { AccountStanding } from './account-standing.js';
import { AccountsRepository } from './accounts.repository.js';
import { AccountsService } from './accounts.service.js';
import { AuthCleaningRepository } from './auth-cleaning.repository.js';
import { AuthCleaning } from './auth-cleaning.js';
import { AuthCookies } from './auth-cookies.js';
import { DiscordAccounts } from './discord-accounts.service.js';
import { DiscordAuthorizations } from './discord-authorizations.service.js';
import { DiscordLinksController } from './discord-links.controller.js';
import { DiscordLinksRepository } from './discord-links.repository.js';
import { DiscordLinks } from './discord-links.service.js';
import { DiscordOAuthClient } from './discord-oauth.client.js';
import { DiscordReturn } from './discord-return.service.js';
import { DiscordSignInController } from './discord-sign-in.controller.js';
import { DiscordSignIn } from './discord-sign-in.service.js';
import { DiscordTokenSeal } from './discord-token-seal.js';
import { DiscordTokensRepository } from './discord-tokens.repository.js';
import { emailControllers, emailProviders } from './email/index.js';
import { EmailAccounts } from './email/email-accounts.js';
import { AccountMails } from './email/account-mails.js';
import { OwnPassword } from './email/own-password.js';
import { Passwords } from './email/passwords.js';
import { KeptDiscordTokens } from './kept-discord-tokens.js';
import { RefreshService } from './refresh.service.js';
import { RefreshTokens } from './refresh-tokens.js';
import { SessionEndings } from './session-endings.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsRepository } from './sessions.repository.js';
import { SessionsService } from './sessions.service.js';
import { SignInAttempts } from './sign-in-attempts.js';
import { TokensService } from './tokens.service.js';

@Module({
  imports: [GuildAccessModule],
  controllers: [
    DiscordSignInController,
    DiscordLinksController,
    SessionsController,
    AccountController,
    ...emailControllers,
  ],
  providers: [
    AccountStanding,
    AccountsRepository,
    AccountsService,
    AuthCleaning,
    AuthCleaningRepository,
    AuthCookies,
    DiscordAccounts,
    DiscordAuthorizations,
    DiscordLinks,
    DiscordLinksRepository,
    DiscordOAuthClient,
    DiscordReturn,
    DiscordSignIn,
    DiscordTokenSeal,
    DiscordTokensRepository,
    KeptDiscordTokens,
    RefreshService,
    RefreshTokens,
    SessionEndings,
    SessionsRepository,
    SessionsService,
    SignInAttempts,
    TokensService,
    ...emailProviders,
  ],
  exports: [AccountMails, AccountStanding, EmailAccounts, KeptDiscordTokens, OwnPassword, Passwords, SessionsService],
})
export class AuthModule {}
