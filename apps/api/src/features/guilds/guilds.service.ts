import { type Guild, type GuildSettings, modules, nearestLocale, type Snowflake } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import { GuildAccess, type GuildGrant } from '../../platform/access/guild-access.js';
import type { Identity } from '../../platform/identity/identity.js';
import type { PageContent } from '../../platform/lists/page.rules.js';
import { DomainError } from '../../platform/problems/domain-error.js';
import { SettingsService } from '../settings/index.js';
import { memberCountOf } from './guild-counts.rules.js';
import { type GuildRow, GuildsRepository } from './guilds.repository.js';

@Injectable()
export class GuildsService {
  constructor(
    private readonly guilds: GuildsRepository,
    private readonly access: GuildAccess,
    private readonly settings: SettingsService,
  ) {}

  /** The guilds in which I may do something, by name. */
  async list(identity: Identity, { page, limit }: { page: number; limit: number }): Promise<PageContent<Guild>> {
    const grants = new Map((await this.access.visibleGuilds(identity)).map((grant) => [grant.guildId, grant]));
    const rows = await this.guilds.findAll([...grants.keys()]);
    const shown = rows.slice((page - 1) * limit, page * limit);
    const settings = await this.settings.ofGuilds(shown.map(({ id }) => id));
    const items = shown.flatMap((row) => {
      const [grant, chosen] = [grants.get(row.id), settings.get(row.id)];
      return grant && chosen ? [guildOf(row, grant, chosen)] : [];
    });
    return { items, total: rows.length };
  }

  /** @throws DomainError `not-found` */
  async get(identity: Identity, guildId: Snowflake): Promise<Guild> {
    const grant = await this.access.grant(identity, guildId);
    const row = await this.guilds.find(guildId);
    if (!row) throw new DomainError('not-found', { detail: 'There is no such guild.' });
    return guildOf(row, grant, await this.settings.get(guildId));
  }
}

function guildOf(
  row: GuildRow,
  { isOwner, capabilities }: GuildGrant,
  { locale, disabledModules }: GuildSettings,
): Guild {
  return {
    id: row.id,
    name: row.name,
    icon: row.icon,
    ownerId: row.ownerId,
    memberCount: memberCountOf(row),
    locale: locale ?? nearestLocale(row.preferredLocale),
    isActive: row.isActive,
    isOwner,
    capabilities: [...capabilities],
    modules: modules.map(({ id }) => id).filter((id) => !disabledModules.includes(id)),
  };
}
