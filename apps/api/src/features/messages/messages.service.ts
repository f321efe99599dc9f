import { type Message, type Snowflake, snowflakeAt, type Stream, type StreamQuery } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import { streamOf } from '../../platform/lists/stream.rules.js';
import { type MessageScope, MessagesRepository } from './messages.repository.js';

@Injectable()
export class MessagesService {
  constructor(private readonly messages: MessagesRepository) {}

  /** A slice of a guild's or a channel's messages, newest first. */
  async list(scope: MessageScope, query: StreamQuery): Promise<Stream<Message>> {
    return streamOf(await this.messages.find(scope, query), query);
  }

  /** How many messages of a guild are younger than `instant`. */
  async countSince(guildId: Snowflake, instant: Date): Promise<number> {
    return this.messages.countSince(guildId, snowflakeAt(instant));
  }
}
