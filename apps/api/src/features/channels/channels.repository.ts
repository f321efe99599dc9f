import type { Channel, Snowflake } from '@guildhall/contracts';
import { type Database, schema } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { and, asc, eq, isNull } from 'drizzle-orm';
import { DATABASE } from '../../platform/database/database.module.js';

const { channelOverwrites, channels } = schema;

/** Reads of channels; deleted ones are never among them. */
@Injectable()
export class ChannelsRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** All channels of a guild with their overwrites, by position. */
  async findAll(guildId: Snowflake): Promise<Channel[]> {
    const isOfGuild = and(eq(channels.guildId, guildId), isNull(channels.deletedAt));
    const [rows, overwrites] = await Promise.all([
      this.database.select().from(channels).where(isOfGuild).orderBy(asc(channels.position), channels.id),
      this.database
        .select({ overwrite: channelOverwrites })
        .from(channelOverwrites)
        .innerJoin(channels, eq(channels.id, channelOverwrites.channelId))
        .where(isOfGuild)
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
