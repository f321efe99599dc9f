import {
  type FailedAction,
  failedActionPageSchema,
  type FailedActionQuery,
  failedActionQuerySchema,
  failedActionSchema,
  type Page,
  type Snowflake,
  snowflakeSchema,
} from '@guildhall/contracts';
import { Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { RequireCapability } from '../../platform/access/require-capability.js';
import { Answers } from '../../platform/http/answers.js';
import { Fails } from '../../platform/http/fails.js';
import { IfMatch } from '../../platform/http/if-match.js';
import { type Actor, CurrentActor } from '../../platform/identity/actor.js';
import { ForAccounts } from '../../platform/identity/public.js';
import { pageOf } from '../../platform/lists/page.rules.js';
import { FailuresService } from './failures.service.js';

@ApiTags('failures')
@ForAccounts()
@Controller('api/guilds/:guildId/failures')
export class FailuresController {
  constructor(private readonly failures: FailuresService) {}

  @Get()
  @RequireCapability('failures.manage', { guild: 'guildId' })
  @ApiOperation({ summary: 'Background work of a guild that used up its retries, newest first' })
  @Answers(failedActionPageSchema)
  async list(
    @Param('guildId', { schema: snowflakeSchema }) guildId: Snowflake,
    @Query({ schema: failedActionQuerySchema }) query: FailedActionQuery,
    @Req() request: FastifyRequest,
  ): Promise<Page<FailedAction>> {
    return pageOf(await this.failures.list(guildId, query), query, request.url);
  }

  @Post(':id/retry')
  @HttpCode(200)
  @RequireCapability('failures.manage', { guild: 'guildId' })
  @ApiOperation({ summary: 'Does the work again' })
  @Answers(failedActionSchema)
  @Fails('conflict', 'request-in-flight')
  async retry(
    @Param('guildId', { schema: snowflakeSchema }) guildId: Snowflake,
    @Param('id', { schema: z.uuid() }) id: string,
    @IfMatch() expectedVersion: number | null,
    @CurrentActor() actor: Actor,
  ): Promise<FailedAction> {
    return this.failures.retry({ guildId, id, expectedVersion }, actor);
  }

  @Post(':id/dismiss')
  @HttpCode(200)
  @RequireCapability('failures.manage', { guild: 'guildId' })
  @ApiOperation({ summary: 'Marks the work as not needed any more' })
  @Answers(failedActionSchema)
  @Fails('conflict', 'request-in-flight')
  async dismiss(
    @Param('guildId', { schema: snowflakeSchema }) guildId: Snowflake,
    @Param('id', { schema: z.uuid() }) id: string,
    @IfMatch() expectedVersion: number | null,
    @CurrentActor() actor: Actor,
  ): Promise<FailedAction> {
    return this.failures.dismiss({ guildId, id, expectedVersion }, actor);
  }
}
