import type { Role, Snowflake } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import { RolesRepository } from './roles.repository.js';

@Injectable()
export class RolesService {
  constructor(private readonly roles: RolesRepository) {}

  /** All roles of a guild, the highest first; Discord allows 250. */
  async list(guildId: Snowflake): Promise<Role[]> {
    return this.roles.findAll(guildId);
  }
}
