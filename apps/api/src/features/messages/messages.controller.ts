import {
  type Message,
  messageStreamSchema,
  type Snowflake,
  snowflakeSchema,
  type Stream,
  type StreamQuery,
  streamQuerySchema,
} from '@guildhall/contracts';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireCapability } from '../../platform/access/require-capability.js';
import { Answers } from '../../platform/http/answers.js';
import { ForAccounts } from '../../platform/identity/public.js';
import { MessagesService } from './messages.service.js';

@ApiTags('messages')
@ForAccounts()
@Controller('api')
export class MessagesController {
  constructor(private readonly messages: MessagesService) {}

  @Get('guilds/:guildId/messages')
  @RequireCapability('messages.read', { guild: 'guildId' })
  @ApiOperation({ summary: 'The messages of all channels of a guild, newest first' })
  @Answers(messageStreamSchema)
  async listOfGuild(
    @Param('guildId', { schema: snowflakeSchema }) guildId: Snowflake,
    @Query({ schema: streamQuerySchema }) query: StreamQuery,
  ): Promise<Stream<Message>> {
    return this.messages.list({ guildId }, query);
  }

  @Get('discord/channels/:channelId/messages')
  @RequireCapability('messages.read', { guild: 'channelId' })
  @ApiOperation({ summary: 'The messages of a channel, newest first' })
  @Answers(messageStreamSchema)
  async listOfChannel(
    @Param('channelId', { schema: snowflakeSchema }) channelId: Snowflake,
    @Query({ schema: streamQuerySchema }) query: StreamQuery,
  ): Promise<Stream<Message>> {
    return this.messages.list({ channelId }, query);
  }
}
