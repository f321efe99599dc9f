import {
  type CreateInvitation,
  createInvitationSchema,
  type Invitation,
  invitationPageSchema,
  type InvitationQuery,
  invitationQuerySchema,
  invitationSchema,
  type Page,
  type Snowflake,
  snowflakeSchema,
} from '@guildhall/contracts';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { RequireCapability } from '../../platform/access/require-capability.js';
import { Answers } from '../../platform/http/answers.js';
import { Fails } from '../../platform/http/fails.js';
import { type Acting, CurrentActor } from '../../platform/identity/actor.js';
import { ForAccounts } from '../../platform/identity/public.js';
import { pageOf } from '../../platform/lists/page.rules.js';
import { InvitationsService } from './invitations.service.js';

@ApiTags('access')
@ForAccounts()
@Controller('api/guilds/:guildId/access/invitations')
export class InvitationsController {
  constructor(private readonly invitations: InvitationsService) {}

  @Get()
  @RequireCapability('access.manage', { guild: 'guildId' })
  @ApiOperation({ summary: 'The invitations that were sent, the newest first' })
  @Answers(invitationPageSchema)
  async list(
    @Param('guildId', { schema: snowflakeSchema }) guildId: Snowflake,
    @Query({ schema: invitationQuerySchema }) query: InvitationQuery,
    @Req() request: FastifyRequest,
  ): Promise<Page<Invitation>> {
    return pageOf(await this.invitations.list(guildId, query), query, request.url);
  }

  @Post()
  @RequireCapability('access.manage', { guild: 'guildId' })
  @ApiOperation({
    summary: 'Invites somebody by e-mail, within what I may do myself; an invitation that was not answered is replaced',
  })
  @Answers(invitationSchema, { status: 201 })
  async create(
    @Param('guildId', { schema: snowflakeSchema }) guildId: Snowflake,
    @Body({ schema: createInvitationSchema }) body: CreateInvitation,
    @CurrentActor() actor: Acting,
  ): Promise<Invitation> {
    return this.invitations.create(guildId, actor, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireCapability('access.manage', { guild: 'guildId' })
  @ApiOperation({ summary: 'Takes back an invitation that was not accepted yet' })
  @ApiNoContentResponse({ description: 'Done.' })
  @Fails('conflict')
  async revoke(
    @Param('guildId', { schema: snowflakeSchema }) guildId: Snowflake,
    @Param('id', { schema: z.uuid() }) id: string,
    @CurrentActor() actor: Acting,
  ): Promise<void> {
    await this.invitations.revoke(guildId, id, actor);
  }
}
