import type { Ban, PageQuery, Snowflake } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import type { PageContent } from '../../platform/lists/page.rules.js';
import { BansRepository } from './bans.repository.js';

@Injectable()
export class BansService {
  constructor(private readonly bans: BansRepository) {}

  /** Who is banned in a guild, the latest first. */
  async list(guildId: Snowflake, query: PageQuery): Promise<PageContent<Ban>> {
    return this.bans.findPage(guildId, query);
  }
}
