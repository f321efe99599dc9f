import {
  type Message,
  messageDraftSchema,
  type MessageDraft,
  messageSchema,
  type ReasonBody,
  reasonBodySchema,
  type Snowflake,
  snowflakeSchema,
} from '@guildhall/contracts';
import { Body, Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireCapability } from '../../platform/access/require-capability.js';
import type { ActingCaller } from '../../platform/discord/discord-actions.js';
import { Answers } from '../../platform/http/answers.js';
import { Fails } from '../../platform/http/fails.js';
import { IdempotencyKey } from '../../platform/idempotency/idempotency-key.js';
import { CurrentActor } from '../../platform/identity/actor.js';
import { ForAccounts, InteractionRoute } from '../../platform/identity/public.js';
import { MessageActionsService } from './message-actions.service.js';

@ApiTags('messages')
@ForAccounts()
@Controller('api/discord/channels/:channelId/messages')
export class MessageActionsController {
  constructor(private readonly actions: MessageActionsService) {}

  @Post()
  @RequireCapability('messages.send', { guild: 'channelId' })
  @ApiOperation({ summary: 'Sends a message as the bot' })
  @Answers(messageSchema, { status: 201 })
  @Fails('request-in-flight', 'discord-missing-permission', 'discord-refused')
  async send(
    @CurrentActor() actor: ActingCaller,
    @Param('channelId', { schema: snowflakeSchema }) channelId: Snowflake,
    @Body({ schema: messageDraftSchema }) draft: MessageDraft,
    @IdempotencyKey() idempotencyKey: string | null,
  ): Promise<Message> {
    return this.actions.send(actor, { channelId, idempotencyKey }, draft);
  }

  @Delete(':messageId')
  @HttpCode(204)
  @InteractionRoute()
  @RequireCapability('messages.delete', { guild: 'channelId' })
  @ApiOperation({ summary: 'Deletes a message of anybody' })
  @ApiNoContentResponse({ description: 'The message is gone.' })
  @Fails('discord-missing-permission', 'discord-refused')
  async delete(
    @CurrentActor() actor: ActingCaller,
    @Param('channelId', { schema: snowflakeSchema }) channelId: Snowflake,
    @Param('messageId', { schema: snowflakeSchema }) messageId: Snowflake,
    @Body({ schema: reasonBodySchema }) { reason }: ReasonBody,
  ): Promise<void> {
    await this.actions.delete(actor, { channelId, messageId }, reason);
  }
}
