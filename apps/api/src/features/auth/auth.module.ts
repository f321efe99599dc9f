import { Module } from '@nestjs/common';
import { AccountController } from './account.controller.js';
import { AccountsRepository } from './accounts.repository.js';
import { AccountsService } from './accounts.service.js';
import { AuthCookies } from './auth-cookies.js';
import { DiscordOAuthClient } from './discord-oauth.client.js';
import { DiscordSignInController } from './discord-sign-in.controller.js';
import { DiscordSignIn } from './discord-sign-in.service.js';
import { SessionEndings } from './session-endings.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsRepository } from './sessions.repository.js';
import { SessionsService } from './sessions.service.js';
import { SignInAttempts } from './sign-in-attempts.js';
import { TokenCipher } from './token-cipher.js';
import { TokensService } from './tokens.service.js';

@Module({
  controllers: [DiscordSignInController, SessionsController, AccountController],
  providers: [
    AccountsRepository,
    AccountsService,
    AuthCookies,
    DiscordOAuthClient,
    DiscordSignIn,
    SessionEndings,
    SessionsRepository,
    SessionsService,
    SignInAttempts,
    TokenCipher,
    TokensService,
  ],
})
export class AuthModule {}
