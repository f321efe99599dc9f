import { type Role, roleListSchema, type Snowflake, snowflakeSchema } from '@guildhall/contracts';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireCapability } from '../../platform/access/require-capability.js';
import { Answers } from '../../platform/http/answers.js';
import { ForAccounts } from '../../platform/identity/public.js';
import { RolesService } from './roles.service.js';

@ApiTags('roles')
@ForAccounts()
@Controller('api/discord/guilds/:guildId/roles')
export class RolesController {
  constructor(private readonly roles: RolesService) {}

  @Get()
  @RequireCapability('roles.read', { guild: 'guildId' })
  @ApiOperation({ summary: 'All roles of a guild' })
  @Answers(roleListSchema)
  async list(@Param('guildId', { schema: snowflakeSchema }) guildId: Snowflake): Promise<{ items: Role[] }> {
    return { items: await this.roles.list(guildId) };
  }
}
