import {
  type Member,
  memberPatchSchema,
  type MemberPatch,
  memberSchema,
  memberTimeoutSchema,
  type MemberTimeout,
  type ReasonBody,
  reasonBodySchema,
  type Snowflake,
  snowflakeSchema,
} from '@guildhall/contracts';
import { Body, Controller, Delete, HttpCode, Param, Patch } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireCapability } from '../../platform/access/require-capability.js';
import type { ActingCaller } from '../../platform/discord/discord-actions.js';
import { Answers } from '../../platform/http/answers.js';
import { Fails } from '../../platform/http/fails.js';
import { CurrentActor } from '../../platform/identity/actor.js';
import { ForAccounts, InteractionRoute } from '../../platform/identity/public.js';
import { MemberActionsService } from './member-actions.service.js';

@ApiTags('members')
@ForAccounts()
@Fails('discord-missing-permission', 'discord-refused')
@Controller('api/discord/guilds/:guildId/members/:userId')
export class MemberActionsController {
  constructor(private readonly actions: MemberActionsService) {}

  @Patch()
  @RequireCapability('members.edit', { guild: 'guildId' })
  @ApiOperation({ summary: 'Changes the nickname of a member' })
  @Answers(memberSchema)
  async edit(
    @CurrentActor() actor: ActingCaller,
    @Param('guildId', { schema: snowflakeSchema }) guildId: Snowflake,
    @Param('userId', { schema: snowflakeSchema }) userId: Snowflake,
    @Body({ schema: memberPatchSchema }) patch: MemberPatch,
  ): Promise<Member> {
    return this.actions.edit(actor, { guildId, userId }, patch);
  }

  @Patch('timeout')
  @InteractionRoute()
  @RequireCapability('members.timeout', { guild: 'guildId' })
  @ApiOperation({ summary: 'Silences a member for at most 28 days, or ends that' })
  @Answers(memberSchema)
  async timeOut(
    @CurrentActor() actor: ActingCaller,
    @Param('guildId', { schema: snowflakeSchema }) guildId: Snowflake,
    @Param('userId', { schema: snowflakeSchema }) userId: Snowflake,
    @Body({ schema: memberTimeoutSchema }) timeout: MemberTimeout,
  ): Promise<Member> {
    return this.actions.timeOut(actor, { guildId, userId }, timeout);
  }

  @Delete()
  @HttpCode(204)
  @InteractionRoute()
  @RequireCapability('members.kick', { guild: 'guildId' })
  @ApiOperation({ summary: 'Removes a member from the guild' })
  @ApiNoContentResponse({ description: 'They are gone.' })
  async kick(
    @CurrentActor() actor: ActingCaller,
    @Param('guildId', { schema: snowflakeSchema }) guildId: Snowflake,
    @Param('userId', { schema: snowflakeSchema }) userId: Snowflake,
    @Body({ schema: reasonBodySchema }) { reason }: ReasonBody,
  ): Promise<void> {
    await this.actions.kick(actor, { guildId, userId }, reason);
  }
}
