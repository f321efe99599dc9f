import { realtimeEvents, type Snowflake, type Topic, topics as topicTable } from '@guildhall/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { GuildAccess } from '../access/guild-access.js';
import { rootCauseOf } from '../database/database-errors.rules.js';
import { LOGGER } from '../logging/logging.module.js';
import type { Emission } from './emissions.rules.js';
import { RealtimeHub, type RealtimeSocket } from './realtime-hub.js';

/**
 * Capabilities follow from the guild, its roles, its members and what administrators gave; other changes leave everybody
 * where they are.
 */
const DECIDING_TOPICS: ReadonlySet<Topic> = new Set<Topic>(['guild', 'roles', 'members', 'access']);

/** Keeps the rooms to those who may see them: access that is lost on Discord is lost here within moments. */
@Injectable()
export class RealtimeAccess {
  /** How often access to a guild may have changed since the start. */
  private readonly generations = new Map<string, number>();

  constructor(
    private readonly hub: RealtimeHub,
    private readonly guildAccess: GuildAccess,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Which of these topics of a guild a person may see right now; null when the guild does not exist for them. The answer
   * is not older than the last change that was published.
   */
  async visibleTopics(socket: RealtimeSocket, guildId: Snowflake, wanted: Iterable<Topic>): Promise<Set<Topic> | null> {
    for (;;) {
      const generation = this.generations.get(guildId);
      const capabilities = await this.guildAccess.capabilitiesOf(socket.data.person, guildId);
      if (generation !== this.generations.get(guildId)) continue;
      if (capabilities.size === 0) return null;
      return new Set([...wanted].filter((topic) => capabilities.has(topicTable[topic])));
    }
  }

  /** Looks again at who may stay, after changes that may take somebody's access away. */
  reviewAfter(emissions: readonly Emission[]): void {
    const byGuild = Map.groupBy(emissions.filter(isDeciding), ({ payload }) => payload.guildId);
    for (const [id, changes] of byGuild) {
      // Safe: emissions are made of checked bot events.
      const guildId = id as Snowflake;
      this.generations.set(guildId, (this.generations.get(guildId) ?? 0) + 1);
      const isAbout = peopleOf(changes);
      for (const socket of this.hub.socketsIn(guildId)) {
        if (isAbout(socket.data.person.discordId)) void this.review(socket, guildId);
      }
    }
  }

  private async review(socket: RealtimeSocket, guildId: Snowflake): Promise<void> {
    try {
      const joined = socket.data.joined.get(guildId) ?? new Set<Topic>();
      const visible = (await this.visibleTopics(socket, guildId, joined)) ?? new Set<Topic>();
      if (visible.size < joined.size) await this.hub.revoke(socket, guildId, visible);
    } catch (error) {
      this.logger.warn(
        { err: rootCauseOf(error), guildId },
        'access could not be checked again; the client has to come back',
      );
      socket.disconnect(true);
    }
  }
}

function isDeciding({ name }: Emission): boolean {
  return DECIDING_TOPICS.has(realtimeEvents[name].topic);
}

/** Changes of members concern those members; anything else, or a flood that was cut, concerns everybody. */
function peopleOf(changes: readonly Emission[]): (discordId: string | null) => boolean {
  const areOfMembers = changes.every(({ payload }) => payload.topic === 'members' && payload.skipped === 0);
  if (!areOfMembers) return () => true;
  const ids = new Set(
    changes.flatMap(({ payload }) => payload.items.map((item) => ('user' in item ? item.user.id : item.id) as string)),
  );
  return (discordId) => discordId !== null && ids.has(discordId);
}
