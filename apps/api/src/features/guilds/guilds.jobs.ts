import { type Snowflake, snowflakeSchema } from '@guildhall/contracts';
import type { Transaction } from '@guildhall/database';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { z } from 'zod';
import { GuildData } from '../../platform/ingest/guild-data.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { queue } from '../../platform/jobs/queue.js';
import { LOGGER } from '../../platform/logging/logging.module.js';
import { type DeactivatedGuild, GuildsIngestRepository } from './guilds-ingest.repository.js';

/** How long the data of a guild is kept after its bot was removed. */
export const GUILD_RETENTION_DAYS = 30;
const DAY_MS = 86_400_000;

/** Deletes what is held of a guild whose bot was removed at that instant and never came back. */
export const purgeGuild = queue(
  'guilds.purge',
  z.object({ guildId: snowflakeSchema, deactivatedAt: z.iso.datetime() }),
);

/** Deletes what is held of a guild since before that instant, because its owner ordered it; whether the bot is there or not. */
export const deleteGuildData = queue(
  'guilds.delete-data',
  z.object({ guildId: snowflakeSchema, orderedAt: z.iso.datetime() }),
);

@Injectable()
export class GuildsJobs implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly guilds: GuildsIngestRepository,
    private readonly guildData: GuildData,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.jobs.work(purgeGuild, ({ guildId, deactivatedAt }) =>
      this.purge({ guildId, deactivatedAt: new Date(deactivatedAt) }),
    );
    this.jobs.work(deleteGuildData, ({ guildId, orderedAt }) => this.deleteData(guildId, new Date(orderedAt)));
  }

  /** Sends the job that deletes the guild's data when the retention period is over. */
  async purgeLater(transaction: Transaction, { guildId, deactivatedAt }: DeactivatedGuild): Promise<void> {
    const startAfter = new Date(deactivatedAt.getTime() + GUILD_RETENTION_DAYS * DAY_MS);
    await this.jobs.send(
      transaction,
      purgeGuild,
      { guildId, deactivatedAt: deactivatedAt.toISOString() },
      { startAfter },
    );
  }

  /** Sends the job that deletes the guild's data because its owner ordered it. */
  async purgeNow(transaction: Transaction, guildId: Snowflake, orderedAt: Date): Promise<void> {
    await this.jobs.send(transaction, deleteGuildData, { guildId, orderedAt: orderedAt.toISOString() });
  }

  private async deleteData(guildId: Snowflake, orderedAt: Date): Promise<void> {
    if (!(await this.guilds.isKnownSince(guildId, orderedAt))) return;
    await this.guildData.purge(guildId);
    await this.guilds.purgeKnownSince(guildId, orderedAt);
    this.logger.info({ guildId }, 'deleted the data of a guild, as its owner ordered');
  }

  private async purge(guild: DeactivatedGuild): Promise<void> {
    if (!(await this.guilds.isStillDeactivated(guild))) return;
    await this.guildData.purge(guild.guildId);
    await this.guilds.purge(guild);
    this.logger.info({ guildId: guild.guildId }, 'deleted the data of a guild that the bot left');
  }
}
