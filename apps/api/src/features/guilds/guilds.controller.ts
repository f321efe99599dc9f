import {
  type Guild,
  type GuildOverview,
  guildOverviewSchema,
  guildPageSchema,
  guildSchema,
  type Page,
  type PageQuery,
  pageQuerySchema,
  type Snowflake,
  snowflakeSchema,
} from '@guildhall/contracts';
import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { RequireCapability } from '../../platform/access/require-capability.js';
import { Answers } from '../../platform/http/answers.js';
import { pageOf } from '../../platform/lists/page.rules.js';
import type { Identity } from '../../platform/identity/identity.js';
import { ForAccounts } from '../../platform/identity/public.js';
import { CurrentIdentity } from '../../platform/identity/request-identity.js';
import { GuildsService } from './guilds.service.js';

@ApiTags('guilds')
@ForAccounts()
@Controller('api')
export class GuildsController {
  constructor(private readonly guilds: GuildsService) {}

  @Get('guilds')
  @ApiOperation({ summary: 'The guilds in which I may do something, with what I may do' })
  @Answers(guildPageSchema)
  async list(
    @CurrentIdentity() identity: Identity,
    @Query({ schema: pageQuerySchema }) query: PageQuery,
    @Req() request: FastifyRequest,
  ): Promise<Page<Guild>> {
    const content = await this.guilds.list(identity, query);
    return pageOf(content, query, request.url);
  }

  @Get(['guilds/:guildId', 'discord/guilds/:guildId'])
  @RequireCapability('guild.view', { guild: 'guildId' })
  @ApiOperation({ summary: 'One guild, with what I may do in it' })
  @Answers(guildSchema)
  async get(
    @CurrentIdentity() identity: Identity,
    @Param('guildId', { schema: snowflakeSchema }) guildId: Snowflake,
  ): Promise<Guild> {
    return this.guilds.get(identity, guildId);
  }

  @Get('guilds/:guildId/overview')
  @RequireCapability('guild.view', { guild: 'guildId' })
  @ApiOperation({ summary: "The figures of a guild's first page" })
  @Answers(guildOverviewSchema)
  async overview(@Param('guildId', { schema: snowflakeSchema }) guildId: Snowflake): Promise<GuildOverview> {
    return this.guilds.overview(guildId);
  }
}
