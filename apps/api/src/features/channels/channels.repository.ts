import type { Channel, Snowflake } from '@guildhall/contracts';
import { type Database, schema } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { and, asc, eq, isNull, type SQL } from 'drizzle-orm';
import { DATABASE } from '../../platform/database/database.module.js';

const { channelOverwrites, channels } = schema;

/** Reads of channels; deleted ones are never among them. */
@Injectable()
export class ChannelsRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** All channels of a guild with their overwrites, by position. */
  async findAll(guildId: Snowflake): Promise<Channel[]> {
    return this.findWhere(eq(channels.guildId, guildId));
  }

  async find(channelId: Snowflake): Promise<Channel | null> {
    const [channel] = await this.findWhere(eq(channels.id, channelId));
    return channel ?? null;
  }

  private async findWhere(condition: SQL): Promise<Channel[]> {
    const isWanted = and(condition, isNull(channels.deletedAt));
    const [rows, overwrites] = await Promise.all([
      this.database.select().from(channels).where(isWanted).orderBy(asc(channels.position), channels.id),
      this.database
        .select({ overwrite: channelOverwrites })
        .from(channelOverwrites)
        .innerJoin(channels, eq(channels.id, channelOverwrites.channelId))
        .where(isWanted)
        .orderBy(channelOverwrites.subjectId),
    ]);
    const byChannel = Map.groupBy(overwrites, ({ overwrite }) => overwrite.channelId);
    return rows.map(({ guildId: _guildId, deletedAt: _deletedAt, updatedAt: _updatedAt, ...channel }) => ({
      ...channel,
      overwrites: (byChannel.get(channel.id) ?? []).map(({ overwrite: { channelId: _, subjectId, ...overwrite } }) => ({
        id: subjectId,
        ...overwrite,
      })),
    }));
  }
}
