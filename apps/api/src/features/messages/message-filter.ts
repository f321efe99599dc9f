import { snowflakeInstant } from '@guildhall/contracts';
import type { Transaction } from '@guildhall/database';
import { Injectable } from '@nestjs/common';
import { Erasures } from '../../platform/privacy/erasures.js';
import { SettingsService } from '../settings/index.js';
import { reducedTo } from './message-content.rules.js';
import type { GuildMessage } from './message-merge.rules.js';

/**
 * Lets through what may be stored of messages. The bot leaves the same out already; it may not have heard of a change yet, and
 * an older one does not know how.
 */
@Injectable()
export class MessageFilter {
  constructor(
    private readonly settings: SettingsService,
    private readonly erasures: Erasures,
  ) {}

  async reduce(transaction: Transaction, told: readonly GuildMessage[]): Promise<GuildMessage[]> {
    const guildIds = [...new Set(told.map(({ guildId }) => guildId))];
    const modes = await this.settings.messageContentModes(transaction, guildIds);
    const isErased = await this.erasures.test(transaction);
    return told
      .filter(({ message }) => !isErased(message.author.id, snowflakeInstant(message.id)))
      .flatMap((one) => reducedTo(modes.get(one.guildId) ?? 'off', one) ?? []);
  }
}
