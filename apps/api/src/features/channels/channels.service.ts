import type { Channel, Snowflake } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import { ChannelsRepository } from './channels.repository.js';

@Injectable()
export class ChannelsService {
  constructor(private readonly channels: ChannelsRepository) {}

  /** All channels of a guild by position; Discord allows 500 and threads beside them. */
  async list(guildId: Snowflake): Promise<Channel[]> {
    return this.channels.findAll(guildId);
  }
}
