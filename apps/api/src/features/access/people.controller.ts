import {
  type GuildPerson,
  guildPersonPageSchema,
  guildPersonSchema,
  type Page,
  type PageQuery,
  pageQuerySchema,
  type Snowflake,
  snowflakeSchema,
  type UpdateGuildPerson,
  updateGuildPersonSchema,
} from '@guildhall/contracts';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Query, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { RequireCapability } from '../../platform/access/require-capability.js';
import { Answers } from '../../platform/http/answers.js';
import { IfMatch } from '../../platform/http/if-match.js';
import { type Acting, CurrentActor } from '../../platform/identity/actor.js';
import { ForAccounts } from '../../platform/identity/public.js';
import { pageOf } from '../../platform/lists/page.rules.js';
import { PeopleService } from './people.service.js';

@ApiTags('access')
@ForAccounts()
@Controller('api/guilds/:guildId/access/people')
export class PeopleController {
  constructor(private readonly people: PeopleService) {}

  @Get()
  @RequireCapability('access.manage', { guild: 'guildId' })
  @ApiOperation({ summary: 'Who takes part by invitation, with what they may do' })
  @Answers(guildPersonPageSchema)
  async list(
    @Param('guildId', { schema: snowflakeSchema }) guildId: Snowflake,
    @Query({ schema: pageQuerySchema }) query: PageQuery,
    @Req() request: FastifyRequest,
  ): Promise<Page<GuildPerson>> {
    return pageOf(await this.people.list(guildId, query), query, request.url);
  }

  @Patch(':accountId')
  @RequireCapability('access.manage', { guild: 'guildId' })
  @ApiOperation({ summary: 'Says what somebody may do who was invited, within what I may do myself' })
  @Answers(guildPersonSchema)
  async update(
    @Param('guildId', { schema: snowflakeSchema }) guildId: Snowflake,
    @Param('accountId', { schema: z.uuid() }) accountId: string,
    @Body({ schema: updateGuildPersonSchema }) { capabilities }: UpdateGuildPerson,
    @IfMatch() expectedVersion: number | null,
    @CurrentActor() actor: Acting,
  ): Promise<GuildPerson> {
    return this.people.update({ guildId, accountId }, capabilities, { actor, expectedVersion });
  }

  @Delete(':accountId')
  @HttpCode(204)
  @RequireCapability('access.manage', { guild: 'guildId' })
  @ApiOperation({ summary: 'Takes back what somebody was invited with' })
  @ApiNoContentResponse({ description: 'Done.' })
  async remove(
    @Param('guildId', { schema: snowflakeSchema }) guildId: Snowflake,
    @Param('accountId', { schema: z.uuid() }) accountId: string,
    @IfMatch() expectedVersion: number | null,
    @CurrentActor() actor: Acting,
  ): Promise<void> {
    await this.people.remove({ guildId, accountId }, { actor, expectedVersion });
  }
}
