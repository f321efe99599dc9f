import type { Channel, Snowflake } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import { DomainError } from '../../platform/problems/domain-error.js';
import { ChannelsRepository } from './channels.repository.js';

@Injectable()
export class ChannelsService {
  constructor(private readonly channels: ChannelsRepository) {}

  /** All channels of a guild by position; Discord allows 500 and threads beside them. */
  async list(guildId: Snowflake): Promise<Channel[]> {
    return this.channels.findAll(guildId);
  }

  /** @throws DomainError `not-found` */
  async get(channelId: Snowflake): Promise<Channel> {
    const channel = await this.channels.find(channelId);
    if (!channel) throw new DomainError('not-found', { detail: 'There is no such channel.' });
    return channel;
  }
}
