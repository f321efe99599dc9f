import {
  type Accepted,
  acceptedSchema,
  type AddEmail,
  addEmailSchema,
  type ChangePassword,
  changePasswordSchema,
  type SignInWays,
  signInWaysSchema,
} from '@guildhall/contracts';
import { Body, Controller, Get, HttpCode, Ip, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Answers } from '../../../platform/http/answers.js';
import { Fails } from '../../../platform/http/fails.js';
import { IgnoresIdempotencyKey } from '../../../platform/idempotency/idempotency-key.js';
import { type Actor, CurrentActor } from '../../../platform/identity/actor.js';
import type { AccountIdentity } from '../../../platform/identity/identity.js';
import { ForAccounts } from '../../../platform/identity/public.js';
import { CurrentAccount } from '../../../platform/identity/request-identity.js';
import { Rate } from '../../../platform/rate-limits/rate-class.js';
import { AccountsService } from '../accounts.service.js';
import { EmailAdditions } from './email-additions.js';
import { OwnPassword } from './own-password.js';
import { RecentProof } from './recent-proof.js';

@ApiTags('auth')
@ForAccounts()
@Controller('api/auth')
export class OwnEmailController {
  constructor(
    private readonly accounts: AccountsService,
    private readonly additions: EmailAdditions,
    private readonly ownPassword: OwnPassword,
    private readonly proof: RecentProof,
  ) {}

  @Get('sign-in-ways')
  @ApiOperation({ summary: 'How I can sign in, and whether my address is confirmed' })
  @Answers(signInWaysSchema)
  async ways(@CurrentAccount() identity: AccountIdentity): Promise<SignInWays> {
    return this.additions.ways(identity);
  }

  @Post('email')
  @HttpCode(202)
  @Rate('sign-in')
  @IgnoresIdempotencyKey()
  @ApiOperation({ summary: 'Adds sign-in by e-mail to my account; a link to confirm the address is mailed' })
  @Answers(acceptedSchema, { status: 202 })
  @Fails('reauthentication-required', 'password-wrong', 'sign-in-locked', 'password-too-weak', 'conflict')
  async add(
    @CurrentAccount() identity: AccountIdentity,
    @Body({ schema: addEmailSchema }) { currentPassword, ...wanted }: AddEmail,
    @Ip() ipAddress: string,
  ): Promise<Accepted> {
    await this.proof.require(identity, { currentPassword, ipAddress });
    const { locale } = await this.accounts.get(identity.accountId);
    await this.additions.add({ ...identity, locale }, wanted, ipAddress);
    return { status: 'accepted' };
  }

  @Post('change-password')
  @HttpCode(204)
  @Rate('sign-in')
  @IgnoresIdempotencyKey()
  @ApiOperation({ summary: 'Changes my password and ends all my other sessions' })
  @ApiResponse({ status: 204, description: 'The password is changed.' })
  @Fails('password-wrong', 'sign-in-locked', 'password-too-weak')
  async changePassword(
    @CurrentAccount() identity: AccountIdentity,
    @CurrentActor() actor: Actor,
    @Body({ schema: changePasswordSchema }) body: ChangePassword,
  ): Promise<void> {
    await this.ownPassword.change(identity, body, actor);
  }
}
