import type { DiscordUser, Snowflake } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import { GuildAccess } from '../../platform/access/guild-access.js';
import type { Identity } from '../../platform/identity/identity.js';
import { DomainError } from '../../platform/problems/domain-error.js';
import { UsersRepository } from './users.repository.js';

@Injectable()
export class UsersService {
  constructor(
    private readonly access: GuildAccess,
    private readonly users: UsersRepository,
  ) {}

  /** @throws DomainError `not-found` for who is in none of the guilds whose members the caller may see */
  async get(identity: Identity, userId: Snowflake): Promise<DiscordUser> {
    const grants = await this.access.visibleGuilds(identity);
    const guildIds = grants
      .filter(({ capabilities }) => capabilities.has('members.read'))
      .map(({ guildId }) => guildId);
    const user = await this.users.findMemberOf(userId, guildIds);
    if (!user) throw new DomainError('not-found');
    return user;
  }
}
