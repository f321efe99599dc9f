import { type DiscordUser, discordUserSchema, type Snowflake, snowflakeSchema } from '@guildhall/contracts';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers } from '../../platform/http/answers.js';
import type { Identity } from '../../platform/identity/identity.js';
import { ForAccounts } from '../../platform/identity/public.js';
import { CurrentIdentity } from '../../platform/identity/request-identity.js';
import { UsersService } from './users.service.js';

@ApiTags('members')
@ForAccounts()
@Controller('api/discord/users')
export class UsersController {
  constructor(private readonly users: UsersService) {}

  @Get(':userId')
  @ApiOperation({ summary: 'A Discord account that shares a guild with me' })
  @Answers(discordUserSchema)
  async get(
    @CurrentIdentity() identity: Identity,
    @Param('userId', { schema: snowflakeSchema }) userId: Snowflake,
  ): Promise<DiscordUser> {
    return this.users.get(identity, userId);
  }
}
