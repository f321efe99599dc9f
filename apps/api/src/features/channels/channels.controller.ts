import { type Channel, channelListSchema, type Snowflake, snowflakeSchema } from '@guildhall/contracts';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireCapability } from '../../platform/access/require-capability.js';
import { Answers } from '../../platform/http/answers.js';
import { ForAccounts } from '../../platform/identity/public.js';
import { ChannelsService } from './channels.service.js';

@ApiTags('channels')
@ForAccounts()
@Controller('api/discord/guilds/:guildId/channels')
export class ChannelsController {
  constructor(private readonly channels: ChannelsService) {}

  @Get()
  @RequireCapability('channels.read', { guild: 'guildId' })
  @ApiOperation({ summary: 'All channels of a guild' })
  @Answers(channelListSchema)
  async list(@Param('guildId', { schema: snowflakeSchema }) guildId: Snowflake): Promise<{ items: Channel[] }> {
    return { items: await this.channels.list(guildId) };
  }
}
