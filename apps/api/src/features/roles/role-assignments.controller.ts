import { type ReasonBody, reasonBodySchema, type Snowflake, snowflakeSchema } from '@guildhall/contracts';
import { Body, Controller, Delete, HttpCode, Param, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireCapability } from '../../platform/access/require-capability.js';
import type { ActingCaller } from '../../platform/discord/discord-actions.js';
import { Fails } from '../../platform/http/fails.js';
import { CurrentActor } from '../../platform/identity/actor.js';
import { ForAccounts, InteractionRoute } from '../../platform/identity/public.js';
import { RoleAssignmentsService } from './role-assignments.service.js';

@ApiTags('members')
@ForAccounts()
@Fails('conflict', 'discord-missing-permission', 'discord-refused')
@Controller('api/discord/guilds/:guildId/members/:userId/roles/:roleId')
export class RoleAssignmentsController {
  constructor(private readonly assignments: RoleAssignmentsService) {}

  @Put()
  @HttpCode(204)
  @InteractionRoute()
  @RequireCapability('roles.assign', { guild: 'guildId' })
  @ApiOperation({ summary: 'Gives a role to a member' })
  @ApiNoContentResponse({ description: 'The member has the role.' })
  async assign(
    @CurrentActor() actor: ActingCaller,
    @Param('guildId', { schema: snowflakeSchema }) guildId: Snowflake,
    @Param('userId', { schema: snowflakeSchema }) userId: Snowflake,
    @Param('roleId', { schema: snowflakeSchema }) roleId: Snowflake,
    @Body({ schema: reasonBodySchema }) { reason }: ReasonBody,
  ): Promise<void> {
    await this.assignments.assign(actor, { guildId, userId, roleId }, reason);
  }

  @Delete()
  @HttpCode(204)
  @InteractionRoute()
  @RequireCapability('roles.assign', { guild: 'guildId' })
  @ApiOperation({ summary: 'Takes a role from a member' })
  @ApiNoContentResponse({ description: 'The member does not have the role.' })
  async withdraw(
    @CurrentActor() actor: ActingCaller,
    @Param('guildId', { schema: snowflakeSchema }) guildId: Snowflake,
    @Param('userId', { schema: snowflakeSchema }) userId: Snowflake,
    @Param('roleId', { schema: snowflakeSchema }) roleId: Snowflake,
    @Body({ schema: reasonBodySchema }) { reason }: ReasonBody,
  ): Promise<void> {
    await this.assignments.withdraw(actor, { guildId, userId, roleId }, reason);
  }
}
