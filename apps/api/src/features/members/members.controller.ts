import {
  type Member,
  type MemberListQuery,
  memberListQuerySchema,
  memberPageSchema,
  memberSchema,
  type Page,
  type Snowflake,
  snowflakeSchema,
} from '@guildhall/contracts';
import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { RequireCapability } from '../../platform/access/require-capability.js';
import { Answers } from '../../platform/http/answers.js';
import { pageOf } from '../../platform/lists/page.rules.js';
import { ForAccounts } from '../../platform/identity/public.js';
import { MembersService } from './members.service.js';

@ApiTags('members')
@ForAccounts()
@Controller('api/discord/guilds/:guildId/members')
export class MembersController {
  constructor(private readonly members: MembersService) {}

  @Get()
  @RequireCapability('members.read', { guild: 'guildId' })
  @ApiOperation({ summary: 'The members of a guild, searched, sorted and paged' })
  @Answers(memberPageSchema)
  async list(
    @Param('guildId', { schema: snowflakeSchema }) guildId: Snowflake,
    @Query({ schema: memberListQuerySchema }) query: MemberListQuery,
    @Req() request: FastifyRequest,
  ): Promise<Page<Member>> {
    const content = await this.members.list(guildId, query);
    return pageOf(content, query, request.url);
  }

  @Get(':userId')
  @RequireCapability('members.read', { guild: 'guildId' })
  @ApiOperation({ summary: 'One member' })
  @Answers(memberSchema)
  async get(
    @Param('guildId', { schema: snowflakeSchema }) guildId: Snowflake,
    @Param('userId', { schema: snowflakeSchema }) userId: Snowflake,
  ): Promise<Member> {
    return this.members.get(guildId, userId);
  }
}
