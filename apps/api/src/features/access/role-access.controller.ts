import {
  type RoleAccess,
  roleAccessListSchema,
  roleAccessSchema,
  type Snowflake,
  snowflakeSchema,
  type UpdateRoleAccess,
  updateRoleAccessSchema,
} from '@guildhall/contracts';
import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireCapability } from '../../platform/access/require-capability.js';
import { Answers } from '../../platform/http/answers.js';
import { IfMatch } from '../../platform/http/if-match.js';
import { type Acting, CurrentActor } from '../../platform/identity/actor.js';
import type { Identity } from '../../platform/identity/identity.js';
import { ForAccounts } from '../../platform/identity/public.js';
import { CurrentIdentity } from '../../platform/identity/request-identity.js';
import { RoleAccessService } from './role-access.service.js';

@ApiTags('access')
@ForAccounts()
@Controller('api/guilds/:guildId/access/roles')
export class RoleAccessController {
  constructor(private readonly roles: RoleAccessService) {}

  @Get()
  @RequireCapability('access.manage', { guild: 'guildId' })
  @ApiOperation({ summary: 'What the members of each Discord role may do' })
  @Answers(roleAccessListSchema)
  async list(
    @CurrentIdentity() identity: Identity,
    @Param('guildId', { schema: snowflakeSchema }) guildId: Snowflake,
  ): Promise<{ items: RoleAccess[] }> {
    return { items: await this.roles.list(identity, guildId) };
  }

  @Put(':roleId')
  @RequireCapability('access.manage', { guild: 'guildId' })
  @ApiOperation({ summary: 'Says what the members of a Discord role below mine may do, within what I may do myself' })
  @Answers(roleAccessSchema)
  async update(
    @Param('guildId', { schema: snowflakeSchema }) guildId: Snowflake,
    @Param('roleId', { schema: snowflakeSchema }) roleId: Snowflake,
    @Body({ schema: updateRoleAccessSchema }) body: UpdateRoleAccess,
    @IfMatch() expectedVersion: number | null,
    @CurrentActor() actor: Acting,
  ): Promise<RoleAccess> {
    return this.roles.update(guildId, roleId, { actor, body, expectedVersion });
  }
}
