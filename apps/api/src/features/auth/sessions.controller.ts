import {
  type AccountSession,
  accountSessionListSchema,
  exchangeSessionSchema,
  refreshSchema,
  type Tokens,
  tokensSchema,
} from '@guildhall/contracts';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Answers } from '../../platform/http/answers.js';
import { Fails } from '../../platform/http/fails.js';
import { IgnoresIdempotencyKey } from '../../platform/idempotency/idempotency-key.js';
import { type Actor, CurrentActor } from '../../platform/identity/actor.js';
import type { AccountIdentity } from '../../platform/identity/identity.js';
import { ForAccounts, Public } from '../../platform/identity/public.js';
import { CurrentAccount } from '../../platform/identity/request-identity.js';
import { DomainError } from '../../platform/problems/domain-error.js';
import { AuthCookies } from './auth-cookies.js';
import { deviceOf } from './device.js';
import { DiscordSignIn } from './discord-sign-in.service.js';
import { RefreshService } from './refresh.service.js';
import { SameOriginGuard } from './same-origin.guard.js';
import { SessionsService } from './sessions.service.js';
import { TokensService } from './tokens.service.js';

/** A browser sends nothing: its token is in the cookie. */
const refreshBodySchema = refreshSchema.prefault({});

const NO_CONTENT = { status: 204, description: 'Done.' } as const;

@ApiTags('auth')
@Controller('api/auth')
export class SessionsController {
  constructor(
    private readonly signIn: DiscordSignIn,
    private readonly sessions: SessionsService,
    private readonly refreshing: RefreshService,
    private readonly tokens: TokensService,
    private readonly cookies: AuthCookies,
  ) {}

  @Post('exchange-session')
  @HttpCode(200)
  @Public()
  @UseGuards(SameOriginGuard)
  @ApiOperation({ summary: 'Trades the one-time id of the callback for an access token and the refresh cookie' })
  @Answers(tokensSchema)
  @Fails('session-code-invalid', 'account-disabled')
  async exchange(
    @Body({ schema: exchangeSessionSchema }) { sessionId }: z.infer<typeof exchangeSessionSchema>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Tokens> {
    const { accountId } = await this.signIn.collect(sessionId, this.cookies.readBrowser(request));
    const issued = await this.sessions.start(accountId, deviceOf(request));
    return this.tokens.hand(issued, { channel: 'cookie', reply });
  }

  @Post('refresh')
  @HttpCode(200)
  @Public()
  @UseGuards(SameOriginGuard)
  @ApiOperation({ summary: 'New tokens for a refresh token, from the body or the cookie' })
  @Answers(tokensSchema)
  @Fails('refresh-token-invalid')
  async refresh(
    @Body({ schema: refreshBodySchema }) body: z.infer<typeof refreshBodySchema>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Tokens> {
    const channel = body.refreshToken === undefined ? 'cookie' : 'body';
    const refreshToken = body.refreshToken ?? this.cookies.readRefresh(request);
    if (refreshToken === undefined) throw new DomainError('refresh-token-invalid', { detail: 'Sign in first.' });
    const issued = await this.refreshing.refresh(refreshToken, { channel, ipAddress: request.ip });
    return this.tokens.hand(issued, { channel, reply });
  }

  @Post('logout')
  @IgnoresIdempotencyKey()
  @HttpCode(204)
  @ForAccounts()
  @ApiOperation({ summary: 'Ends this session' })
  @ApiResponse(NO_CONTENT)
  async logout(
    @CurrentAccount() { accountId, sessionId }: AccountIdentity,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    this.cookies.clearRefresh(reply);
    await this.sessions.end({ accountId, sessionId }, { reason: 'signed-out', actor });
  }

  @Post('logout-all')
  @IgnoresIdempotencyKey()
  @HttpCode(204)
  @ForAccounts()
  @ApiOperation({ summary: 'Ends all my sessions, this one included' })
  @ApiResponse(NO_CONTENT)
  async logoutAll(
    @CurrentAccount() { accountId }: AccountIdentity,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    this.cookies.clearRefresh(reply);
    await this.sessions.endAll(accountId, { reason: 'signed-out-everywhere', actor });
  }

  @Get('sessions')
  @ForAccounts()
  @ApiOperation({ summary: 'Where I am signed in' })
  @Answers(accountSessionListSchema)
  async list(@CurrentAccount() { accountId, sessionId }: AccountIdentity): Promise<{ items: AccountSession[] }> {
    return { items: await this.sessions.list(accountId, sessionId) };
  }

  @Delete('sessions/:id')
  @HttpCode(204)
  @ForAccounts()
  @ApiOperation({ summary: 'Ends one of my sessions' })
  @ApiResponse(NO_CONTENT)
  async end(
    @CurrentAccount() { accountId }: AccountIdentity,
    @CurrentActor() actor: Actor,
    @Param('id', { schema: z.uuid() }) id: string,
  ): Promise<void> {
    await this.sessions.end({ accountId, sessionId: id }, { reason: 'revoked', actor });
  }
}
