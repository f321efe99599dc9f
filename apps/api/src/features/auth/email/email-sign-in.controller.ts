import {
  type Accepted,
  acceptedSchema,
  type ForgotPassword,
  forgotPasswordSchema,
  type Login,
  loginSchema,
  type RegisterAccount,
  registerAccountSchema,
  type Tokens,
  tokensSchema,
} from '@guildhall/contracts';
import { Body, Controller, HttpCode, Ip, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Answers } from '../../../platform/http/answers.js';
import { Fails } from '../../../platform/http/fails.js';
import { Public } from '../../../platform/identity/public.js';
import { Rate } from '../../../platform/rate-limits/rate-class.js';
import { deviceOf } from '../device.js';
import { SameOriginGuard } from '../same-origin.guard.js';
import { TokensService } from '../tokens.service.js';
import { EmailSignIn } from './email-sign-in.service.js';
import { ForgottenPasswords } from './forgotten-passwords.js';
import { Registrations } from './registrations.js';

const ACCEPTED: Accepted = { status: 'accepted' };

/** What people do at the door. None of the answers tells whether an address has an account. */
@ApiTags('auth')
@Public()
@Rate('sign-in')
@UseGuards(SameOriginGuard)
@Controller('api/auth')
export class EmailSignInController {
  constructor(
    private readonly signIn: EmailSignIn,
    private readonly tokens: TokensService,
    private readonly registrations: Registrations,
    private readonly forgottenPasswords: ForgottenPasswords,
  ) {}

  @Post('login')
  @HttpCode(200)
  @ApiOperation({ summary: 'Signs in by e-mail address and password' })
  @Answers(tokensSchema)
  @Fails('sign-in-failed', 'sign-in-locked', 'email-not-verified', 'account-disabled')
  async login(
    @Body({ schema: loginSchema }) { session, ...claim }: Login,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Tokens> {
    const issued = await this.signIn.signIn(claim, deviceOf(request));
    return this.tokens.hand(issued, { channel: session === 'cookie' ? 'cookie' : 'body', reply });
  }

  @Post('register')
  @HttpCode(202)
  @ApiOperation({ summary: 'Asks for an account; a link to confirm the address is mailed' })
  @Answers(acceptedSchema, { status: 202 })
  @Fails('registration-closed', 'password-too-weak', 'link-invalid', 'conflict')
  async register(
    @Body({ schema: registerAccountSchema }) body: RegisterAccount,
    @Ip() ipAddress: string,
  ): Promise<Accepted> {
    await this.registrations.register(body, ipAddress);
    return ACCEPTED;
  }

  @Post('forgot-password')
  @HttpCode(202)
  @ApiOperation({ summary: 'Asks for a link with which a new password can be chosen' })
  @Answers(acceptedSchema, { status: 202 })
  async forgotPassword(@Body({ schema: forgotPasswordSchema }) { email }: ForgotPassword): Promise<Accepted> {
    await this.forgottenPasswords.ask(email);
    return ACCEPTED;
  }
}
