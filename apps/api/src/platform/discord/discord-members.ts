import type { Snowflake } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import { FreshMembers } from '../access/fresh-members.js';
import { DomainError } from '../problems/domain-error.js';
import { DiscordRest } from './discord-rest.js';

/** Discord's own word on members, over REST. */
@Injectable()
export class DiscordMembers extends FreshMembers {
  constructor(private readonly rest: DiscordRest) {
    super();
  }

  override async rolesOf(guildId: Snowflake, userId: Snowflake): Promise<readonly Snowflake[] | null> {
    try {
      const { roles } = await this.rest.member({ guildId, userId });
      // Safe: Discord's ids are snowflakes.
      return roles as Snowflake[];
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      if (error.code === 'not-found') return null;
      // In doubt nobody may: a bot that may not look cannot tell either.
      throw new DomainError('discord-unavailable', {
        detail: 'Discord does not tell who has which roles right now.',
        ...(error.discordCode !== undefined && { discordCode: error.discordCode }),
        logLevel: 'warn',
        cause: error,
      });
    }
  }
}
