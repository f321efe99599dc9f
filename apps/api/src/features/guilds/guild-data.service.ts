import type { DeleteGuildData, Snowflake } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import { GuildAccess } from '../../platform/access/guild-access.js';
import { Changes } from '../../platform/changes/changes.js';
import type { Acting } from '../../platform/identity/actor.js';
import { DomainError } from '../../platform/problems/domain-error.js';
import { GuildsIngestRepository } from './guilds-ingest.repository.js';
import { GuildsJobs } from './guilds.jobs.js';

/** Everything that is held of a guild, for its owner to delete. */
@Injectable()
export class GuildDataService {
  constructor(
    private readonly guilds: GuildsIngestRepository,
    private readonly jobs: GuildsJobs,
    private readonly access: GuildAccess,
    private readonly changes: Changes,
  ) {}

  /**
   * Deletes it all, except for the audit log, whose last word this is. The guild is invisible to everybody at once, and its
   * rows are deleted in the background. A bot that is still in the guild begins anew with the next synchronisation.
   * @throws DomainError `owner-only`, `not-found`, `validation-failed` when the guild has another name
   */
  async delete(guildId: Snowflake, actor: Acting, { confirm }: DeleteGuildData): Promise<void> {
    await this.access.requireOwner(actor.identity, guildId);
    await this.changes.make(async ({ transaction, audit, publish }) => {
      const guild = await this.guilds.lock(transaction, guildId);
      if (!guild) throw new DomainError('not-found', { detail: 'There is no such guild.' });
      const { name, now } = guild;
      if (name.trim() !== confirm.trim()) {
        const message = 'must be the name of the guild';
        throw new DomainError('validation-failed', { errors: [{ path: 'confirm', message }] });
      }
      await this.guilds.deactivate(transaction, { guildId, deactivatedAt: now });
      await this.jobs.purgeNow(transaction, guildId, now);
      audit({ action: 'guild.dataDeleted', guildId, actor, target: { id: guildId, name } });
      publish({ name: 'guild.synced', guildId, item: { id: guildId } });
    });
  }
}
