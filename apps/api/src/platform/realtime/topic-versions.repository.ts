import type { Snowflake, Topic } from '@guildhall/contracts';
import { type Database, schema, type Transaction } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { DATABASE } from '../database/database.module.js';

const { topicVersions } = schema;

export interface VersionSteps {
  guildId: Snowflake;
  topic: Topic;
  /** How many emissions the topic is about to have. */
  steps: number;
}

@Injectable()
export class TopicVersionsRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** Moves topics forward and returns the version that each of them reached, in the order given. */
  async advance(transaction: Transaction, topics: readonly VersionSteps[]): Promise<number[]> {
    if (topics.length === 0) return [];
    // Everybody locks the rows in this order, so that two batches cannot wait for each other.
    const rows = topics.toSorted((a, b) => compare(a.guildId, b.guildId) || compare(a.topic, b.topic));
    const reached = await transaction
      .insert(topicVersions)
      .values(rows.map(({ guildId, topic, steps }) => ({ guildId, topic, version: steps })))
      .onConflictDoUpdate({
        target: [topicVersions.guildId, topicVersions.topic],
        set: { version: sql`${topicVersions.version} + excluded.version` },
      })
      .returning();
    const versions = new Map(reached.map(({ guildId, topic, version }) => [`${guildId} ${topic}`, version]));
    return topics.map(({ guildId, topic }) => versions.get(`${guildId} ${topic}`) ?? 0);
  }

  /** The versions at which topics of a guild stand; 0 for one that never had an emission. */
  async read(guildId: Snowflake, topics: readonly Topic[]): Promise<Partial<Record<Topic, number>>> {
    if (topics.length === 0) return {};
    const rows = await this.database
      .select({ topic: topicVersions.topic, version: topicVersions.version })
      .from(topicVersions)
      .where(and(eq(topicVersions.guildId, guildId), inArray(topicVersions.topic, [...topics])));
    const versions = new Map(rows.map(({ topic, version }) => [topic, version]));
    return Object.fromEntries(topics.map((topic) => [topic, versions.get(topic) ?? 0]));
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
