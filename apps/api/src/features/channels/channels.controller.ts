import { type Channel, channelListSchema, channelSchema, type Snowflake, snowflakeSchema } from '@guildhall/contracts';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireCapability } from '../../platform/access/require-capability.js';
import { Answers } from '../../platform/http/answers.js';
import { ForAccounts } from '../../platform/identity/public.js';
import { ChannelsService } from './channels.service.js';

@ApiTags('channels')
@ForAccounts()
@Controller('api/discord')
export class ChannelsController {
  constructor(private readonly channels: ChannelsService) {}

  @Get('guilds/:guildId/channels')
  @RequireCapability('channels.read', { guild: 'guildId' })
  @ApiOperation({ summary: 'All channels of a guild' })
  @Answers(channelListSchema)
  async list(@Param('guildId', { schema: snowflakeSchema }) guildId: Snowflake): Promise<{ items: Channel[] }> {
    return { items: await this.channels.list(guildId) };
  }

  @Get('channels/:channelId')
  @RequireCapability('channels.read', { guild: 'channelId' })
  @ApiOperation({ summary: 'One channel' })
  @Answers(channelSchema)
  async get(@Param('channelId', { schema: snowflakeSchema }) channelId: Snowflake): Promise<Channel> {
    return this.channels.get(channelId);
  }
}
