import {
  type DiscordIdentity,
  discordIdentitySchema,
  type DiscordLink,
  discordLinkSchema,
  type Proof,
  proofSchema,
} from '@guildhall/contracts';
import { Body, Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiConfig } from '../../config.js';
import { API_CONFIG } from '../../platform/config/config.module.js';
import { Answers } from '../../platform/http/answers.js';
import { Fails } from '../../platform/http/fails.js';
import { IgnoresIdempotencyKey } from '../../platform/idempotency/idempotency-key.js';
import { type Actor, CurrentActor } from '../../platform/identity/actor.js';
import type { AccountIdentity } from '../../platform/identity/identity.js';
import { ForAccounts } from '../../platform/identity/public.js';
import { CurrentAccount } from '../../platform/identity/request-identity.js';
import { DomainError } from '../../platform/problems/domain-error.js';
import { AuthCookies } from './auth-cookies.js';
import { DiscordAuthorizations } from './discord-authorizations.service.js';
import { DiscordLinks } from './discord-links.service.js';
import { DiscordSignIn } from './discord-sign-in.service.js';
import { signInHost } from './sign-in-host.rules.js';

@ApiTags('auth')
@ForAccounts()
@Controller('api/auth/discord')
export class DiscordLinksController {
  constructor(
    private readonly signIn: DiscordSignIn,
    private readonly links: DiscordLinks,
    private readonly authorizations: DiscordAuthorizations,
    private readonly cookies: AuthCookies,
    @Inject(API_CONFIG) private readonly config: ApiConfig,
  ) {}

  @Get()
  @ApiOperation({ summary: 'My Discord identity and guilds, asked of Discord right now' })
  @Answers(discordIdentitySchema)
  @Fails('discord-authorization-lost', 'oauth-failed')
  async read(@CurrentAccount() { accountId }: AccountIdentity): Promise<DiscordIdentity> {
    return this.authorizations.readIdentity(accountId);
  }

  @Post('link')
  @HttpCode(200)
  @IgnoresIdempotencyKey()
  @ApiOperation({ summary: 'Begins to link my Discord identity: open the address in this browser' })
  @Answers(discordLinkSchema)
  @Fails('reauthentication-required', 'password-wrong', 'sign-in-locked')
  async link(
    @CurrentAccount() identity: AccountIdentity,
    @Body({ schema: proofSchema }) { currentPassword }: Proof,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DiscordLink> {
    const otherHost = signInHost(request.host, this.config.DISCORD_CALLBACK_URL);
    // The cookie that is left here would not come along to where Discord sends the browser.
    if (otherHost !== null)
      throw new DomainError('bad-request', { detail: `Open Guildhall at ${otherHost} for this.` });
    const { authorizeUrl, browser } = await this.signIn.beginLink(this.cookies.readBrowser(request), identity, {
      currentPassword,
      ipAddress: request.ip,
    });
    this.cookies.setBrowser(reply, browser);
    return { url: authorizeUrl };
  }

  @Post('unlink')
  @HttpCode(204)
  @ApiOperation({ summary: 'Takes my Discord identity from my account' })
  @ApiResponse({ status: 204, description: 'Done.' })
  @Fails('reauthentication-required', 'password-wrong', 'sign-in-locked', 'last-sign-in-way', 'conflict')
  async unlink(
    @CurrentAccount() identity: AccountIdentity,
    @CurrentActor() actor: Actor,
    @Body({ schema: proofSchema }) { currentPassword }: Proof,
  ): Promise<void> {
    await this.links.unlink(identity, currentPassword, actor);
  }
}
