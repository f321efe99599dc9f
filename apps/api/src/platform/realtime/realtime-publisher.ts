import type { Transaction } from '@guildhall/database';
import { snowflakeSchema } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import { type ChangeGroup, type Emission, emissionOf, groupChanges } from './emissions.rules.js';
import type { RealtimeChange } from './realtime-change.js';
import { RealtimeAccess } from './realtime-access.js';
import { RealtimeHub } from './realtime-hub.js';
import { TopicVersionsRepository } from './topic-versions.repository.js';

/** The way of a change to the dashboard: numbered in the transaction that made it, published after the commit. */
@Injectable()
export class RealtimePublisher {
  constructor(
    private readonly versions: TopicVersionsRepository,
    private readonly hub: RealtimeHub,
    private readonly access: RealtimeAccess,
  ) {}

  /** Gives each emission its version; whoever fetches after reading a version sees at least its changes. */
  async number(transaction: Transaction, changes: readonly RealtimeChange[]): Promise<Emission[]> {
    const groups = groupChanges(changes);
    const byTopic = Map.groupBy(groups, ({ guildId, topic }) => `${guildId} ${topic}`);
    const topics = [...byTopic.values()];
    const reached = await this.versions.advance(transaction, topics.map(stepsOf));
    return topics.flatMap((topicGroups, index) => numbered(topicGroups, reached[index] ?? 0));
  }

  /** Call it after the commit, and only then. */
  publish(emissions: readonly Emission[]): void {
    for (const emission of emissions) this.hub.emit(emission);
    this.access.reviewAfter(emissions);
  }
}

function stepsOf(groups: ChangeGroup[]) {
  const [first] = groups;
  if (!first) throw new Error('a topic without changes has no steps');
  return { guildId: snowflakeSchema.parse(first.guildId), topic: first.topic, steps: groups.length };
}

function numbered(groups: readonly ChangeGroup[], reached: number): Emission[] {
  const before = reached - groups.length;
  return groups.map((group, index) => emissionOf(group, before + index + 1));
}
