import {
  type DeleteGuildData,
  deleteGuildDataSchema,
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
import { Body, Controller, Delete, Get, HttpCode, Param, Query, Req } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { RequireCapability } from '../../platform/access/require-capability.js';
import { Answers } from '../../platform/http/answers.js';
import { pageOf } from '../../platform/lists/page.rules.js';
import { type Acting, CurrentActor } from '../../platform/identity/actor.js';
import type { Identity } from '../../platform/identity/identity.js';
import { ForAccounts } from '../../platform/identity/public.js';
import { CurrentIdentity } from '../../platform/identity/request-identity.js';
import { GuildDataService } from './guild-data.service.js';
import { GuildOverviewService } from './guild-overview.service.js';
import { GuildsService } from './guilds.service.js';

@ApiTags('guilds')
@ForAccounts()
@Controller('api')
export class GuildsController {
  constructor(
    private readonly guilds: GuildsService,
    private readonly overviews: GuildOverviewService,
    private readonly data: GuildDataService,
  ) {}

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
    return this.overviews.figures(guildId);
  }

  @Delete('guilds/:guildId/data')
  @HttpCode(202)
  @RequireCapability('guild.view', { guild: 'guildId' })
  @ApiOperation({ summary: 'Deletes everything that is held of a guild; for its owner in person' })
  @ApiAcceptedResponse({ description: 'The guild is gone for everybody, and its data is being deleted.' })
  async deleteData(
    @Param('guildId', { schema: snowflakeSchema }) guildId: Snowflake,
    @Body({ schema: deleteGuildDataSchema }) body: DeleteGuildData,
    @CurrentActor() actor: Acting,
  ): Promise<void> {
    await this.data.delete(guildId, actor, body);
  }
}
