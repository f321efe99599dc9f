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
import type { AccountIdentity } from '../../platform/identity/identity.js';
import { ForAccounts, Public } from '../../platform/identity/public.js';
import { CurrentAccount } from '../../platform/identity/request-identity.js';
import { DomainError } from '../../platform/problems/domain-error.js';
import { AuthCookies } from './auth-cookies.js';
import { deviceOf } from './device.js';
import { DiscordSignIn } from './discord-sign-in.service.js';
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
    private readonly tokens: TokensService,
    private readonly cookies: AuthCookies,
  ) {}

  @Post('exchange-session')
  @HttpCode(200)
  @Public()
  @UseGuards(SameOriginGuard)
  @ApiOperation({ summary: 'Trades the one-time id of the callback for an access token and the refresh cookie' })
  @Answers(tokensSchema)
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
  async refresh(
    @Body({ schema: refreshBodySchema }) body: z.infer<typeof refreshBodySchema>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Tokens> {
    const channel = body.refreshToken === undefined ? 'cookie' : 'body';
    const refreshToken = body.refreshToken ?? this.cookies.readRefresh(request);
    if (refreshToken === undefined) throw new DomainError('refresh-token-invalid', { detail: 'Sign in first.' });
    return this.tokens.hand(await this.sessions.refresh(refreshToken, channel), { channel, reply });
  }

  @Post('logout')
  @HttpCode(204)
  @ForAccounts()
  @ApiOperation({ summary: 'Ends this session' })
  @ApiResponse(NO_CONTENT)
  async logout(
    @CurrentAccount() { accountId, sessionId }: AccountIdentity,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    this.cookies.clearRefresh(reply);
    await this.sessions.end(accountId, sessionId, 'signed-out');
  }

  @Post('logout-all')
  @HttpCode(204)
  @ForAccounts()
  @ApiOperation({ summary: 'Ends all my sessions, this one included' })
  @ApiResponse(NO_CONTENT)
  async logoutAll(
    @CurrentAccount() { accountId }: AccountIdentity,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    this.cookies.clearRefresh(reply);
    await this.sessions.endAll(accountId);
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
    @Param('id', { schema: z.uuid() }) id: string,
  ): Promise<void> {
    await this.sessions.end(accountId, id, 'revoked');
  }
}
