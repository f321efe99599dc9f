import {
  type AdminAccount,
  adminAccountPageSchema,
  type AdminAccountQuery,
  adminAccountQuerySchema,
  adminAccountSchema,
  type AdminUpdateAccount,
  adminUpdateAccountSchema,
  type CreateAccount,
  createAccountSchema,
  type CreatedAccount,
  createdAccountSchema,
  type Page,
} from '@guildhall/contracts';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { RequireRole } from '../../platform/access/require-role.js';
import { Answers } from '../../platform/http/answers.js';
import { Fails } from '../../platform/http/fails.js';
import { IgnoresIdempotencyKey } from '../../platform/idempotency/idempotency-key.js';
import { type Actor, CurrentActor } from '../../platform/identity/actor.js';
import { ForAccounts } from '../../platform/identity/public.js';
import { pageOf } from '../../platform/lists/page.rules.js';
import { AccountCreation } from './account-creation.service.js';
import { AdminAccountsService } from './admin-accounts.service.js';

@ApiTags('administration')
@ForAccounts()
@RequireRole('ADMIN')
@Controller('api/admin/accounts')
export class AdminAccountsController {
  constructor(
    private readonly accounts: AdminAccountsService,
    private readonly creation: AccountCreation,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Everybody who has an account here' })
  @Answers(adminAccountPageSchema)
  async list(
    @Query({ schema: adminAccountQuerySchema }) query: AdminAccountQuery,
    @Req() { url }: FastifyRequest,
  ): Promise<Page<AdminAccount>> {
    return pageOf(await this.accounts.findPage(query), query, url);
  }

  @Post()
  // The answer may hold a password, which is not to be kept.
  @IgnoresIdempotencyKey()
  @ApiOperation({ summary: 'Creates an account that signs in by e-mail' })
  @Answers(createdAccountSchema, { status: 201 })
  @Fails('conflict')
  async create(
    @Body({ schema: createAccountSchema }) body: CreateAccount,
    @CurrentActor() actor: Actor,
  ): Promise<CreatedAccount> {
    return this.creation.create(body, actor);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Changes the platform role of an account, or keeps it out' })
  @Answers(adminAccountSchema)
  @Fails('conflict')
  async update(
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: adminUpdateAccountSchema }) change: AdminUpdateAccount,
    @CurrentActor() actor: Actor,
  ): Promise<AdminAccount> {
    return this.accounts.update(id, change, actor);
  }

  @Delete(':id/sessions')
  @HttpCode(204)
  @ApiOperation({ summary: 'Signs an account out everywhere' })
  @ApiResponse({ status: 204, description: 'Done.' })
  async endSessions(@Param('id', { schema: z.uuid() }) id: string, @CurrentActor() actor: Actor): Promise<void> {
    await this.accounts.endSessions(id, actor);
  }
}
