import { discordCallbackQuerySchema } from '@guildhall/contracts';
import { Controller, Get, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { ApiConfig } from '../../config.js';
import { API_CONFIG } from '../../platform/config/config.module.js';
import { Public } from '../../platform/identity/public.js';
import { LOGGER } from '../../platform/logging/logging.module.js';
import { problemOf } from '../../platform/problems/problem-of.rules.js';
import { AuthCookies } from './auth-cookies.js';
import { type DiscordAnswer, type DiscordCallbackQuery, DiscordReturn } from './discord-return.service.js';
import { DiscordSignIn } from './discord-sign-in.service.js';
import { signInHost } from './sign-in-host.rules.js';

const LOGIN_PATH = '/api/auth/discord/login';

@ApiTags('auth')
@Public()
@Controller('api/auth')
export class DiscordSignInController {
  constructor(
    private readonly signIn: DiscordSignIn,
    private readonly returning: DiscordReturn,
    private readonly cookies: AuthCookies,
    @Inject(API_CONFIG) private readonly config: ApiConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @Get('discord/login')
  @ApiOperation({ summary: 'Begins a sign-in with Discord: open it in the browser' })
  @ApiResponse({ status: 302, description: "To Discord's page." })
  async login(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.sendToDiscord(request, reply, 302);
  }

  @Post('discord/login')
  @ApiOperation({ summary: 'The same, for a form' })
  @ApiResponse({ status: 303, description: "To Discord's page." })
  async submitLogin(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.sendToDiscord(request, reply, 303);
  }

  @Get('discord/callback')
  @ApiOperation({ summary: 'Where Discord sends the browser back to' })
  @ApiResponse({
    status: 302,
    description: 'To the dashboard, with `session`, `linked` or the code of a problem as `error`.',
  })
  async callback(
    @Query({ schema: discordCallbackQuerySchema }) query: DiscordCallbackQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const answer = { query, browser: this.cookies.readBrowser(request), ipAddress: request.ip };
    await reply.redirect((await this.arrive(answer, request.id)).href, 302);
  }

  /** The page of the dashboard that goes on from here. */
  private async arrive(answer: DiscordAnswer, requestId: string): Promise<URL> {
    const base = `${this.config.WEB_URL.replace(/\/+$/, '')}/`;
    let target = new URL('auth/callback', base);
    try {
      const attempt = await this.returning.open(answer);
      target = new URL(attempt.page, base);
      const arrival = await attempt.complete();
      if (arrival.kind === 'session') target.searchParams.set('session', arrival.session);
      else target.searchParams.set('linked', '1');
    } catch (error) {
      // A person looks at this, not a program: the dashboard says it in their language.
      const problem = problemOf(error);
      this.logger[problem.logLevel]({ requestId, code: problem.code, err: problem.cause }, 'a sign-in failed');
      target.searchParams.set('error', problem.code);
    }
    return target;
  }

  private async sendToDiscord(request: FastifyRequest, reply: FastifyReply, status: 302 | 303): Promise<void> {
    const otherHost = signInHost(request.host, this.config.DISCORD_CALLBACK_URL);
    if (otherHost !== null) {
      await reply.redirect(`${otherHost}${LOGIN_PATH}`, status);
      return;
    }
    const { authorizeUrl, browser } = await this.signIn.begin(this.cookies.readBrowser(request));
    this.cookies.setBrowser(reply, browser);
    await reply.redirect(authorizeUrl, status);
  }
}
