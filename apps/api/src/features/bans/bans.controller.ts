import {
  type Ban,
  banDraftSchema,
  type BanDraft,
  banPageSchema,
  banSchema,
  type Page,
  type PageQuery,
  pageQuerySchema,
  type ReasonBody,
  reasonBodySchema,
  type Snowflake,
  snowflakeSchema,
} from '@guildhall/contracts';
import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { RequireCapability } from '../../platform/access/require-capability.js';
import type { ActingCaller } from '../../platform/discord/discord-actions.js';
import { Answers } from '../../platform/http/answers.js';
import { Fails } from '../../platform/http/fails.js';
import { CurrentActor } from '../../platform/identity/actor.js';
import { ForAccounts, InteractionRoute } from '../../platform/identity/public.js';
import { pageOf } from '../../platform/lists/page.rules.js';
import { BanActionsService } from './ban-actions.service.js';
import { BansService } from './bans.service.js';

@ApiTags('bans')
@ForAccounts()
@Controller('api/discord/guilds/:guildId/bans')
export class BansController {
  constructor(
    private readonly bans: BansService,
    private readonly actions: BanActionsService,
  ) {}

  @Get()
  @RequireCapability('bans.read', { guild: 'guildId' })
  @ApiOperation({ summary: 'Who is banned in a guild, the latest first' })
  @Answers(banPageSchema)
  async list(
    @Param('guildId', { schema: snowflakeSchema }) guildId: Snowflake,
    @Query({ schema: pageQuerySchema }) query: PageQuery,
    @Req() request: FastifyRequest,
  ): Promise<Page<Ban>> {
    return pageOf(await this.bans.list(guildId, query), query, request.url);
  }

  @Put(':userId')
  @InteractionRoute()
  @RequireCapability('bans.write', { guild: 'guildId' })
  @ApiOperation({ summary: 'Bans somebody, whether they are in the guild or not' })
  @Answers(banSchema)
  @Fails('discord-missing-permission', 'discord-refused')
  async ban(
    @CurrentActor() actor: ActingCaller,
    @Param('guildId', { schema: snowflakeSchema }) guildId: Snowflake,
    @Param('userId', { schema: snowflakeSchema }) userId: Snowflake,
    @Body({ schema: banDraftSchema }) draft: BanDraft,
  ): Promise<Ban> {
    return this.actions.ban(actor, { guildId, userId }, draft);
  }

  @Delete(':userId')
  @HttpCode(204)
  @InteractionRoute()
  @RequireCapability('bans.write', { guild: 'guildId' })
  @ApiOperation({ summary: 'Lifts a ban' })
  @ApiNoContentResponse({ description: 'They may come back.' })
  @Fails('discord-missing-permission', 'discord-refused')
  async lift(
    @CurrentActor() actor: ActingCaller,
    @Param('guildId', { schema: snowflakeSchema }) guildId: Snowflake,
    @Param('userId', { schema: snowflakeSchema }) userId: Snowflake,
    @Body({ schema: reasonBodySchema }) { reason }: ReasonBody,
  ): Promise<void> {
    await this.actions.lift(actor, { guildId, userId }, reason);
  }
}
