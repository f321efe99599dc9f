import { type Account, accountSchema, type UpdateAccount, updateAccountSchema } from '@guildhall/contracts';
import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers } from '../../platform/http/answers.js';
import { type Actor, CurrentActor } from '../../platform/identity/actor.js';
import type { AccountIdentity } from '../../platform/identity/identity.js';
import { ForAccounts } from '../../platform/identity/public.js';
import { CurrentAccount } from '../../platform/identity/request-identity.js';
import { AccountsService } from './accounts.service.js';

@ApiTags('auth')
@ForAccounts()
@Controller('api/auth/me')
export class AccountController {
  constructor(private readonly accounts: AccountsService) {}

  @Get()
  @ApiOperation({ summary: 'Who I am' })
  @Answers(accountSchema)
  async read(@CurrentAccount() { accountId }: AccountIdentity): Promise<Account> {
    return this.accounts.get(accountId);
  }

  @Patch()
  @ApiOperation({ summary: 'Changes my language or theme' })
  @Answers(accountSchema)
  async update(
    @CurrentAccount() { accountId }: AccountIdentity,
    @CurrentActor() actor: Actor,
    @Body({ schema: updateAccountSchema }) change: UpdateAccount,
  ): Promise<Account> {
    return this.accounts.update(accountId, change, actor);
  }
}
