import { createMessage } from '../actions/messages.js';
import { canView } from '../state/permissions.js';
import type { World } from '../state/world.js';
import { ImpossibleAction } from '../interactions/person.js';

export interface BurstRequest {
  channelIds: string[];
  messagesPerSecond: number;
  count: number;
  /** Begins every message, so that a test can tell its own. */
  prefix?: string | undefined;
}

export interface BurstResult {
  ids: string[];
  /** Time from the first to the last message, in milliseconds. */
  durationMs: number;
}

/** Messages are sent in groups this far apart; timers are not finer. */
const TICK_MS = 5;

/** Sends messages by the hundreds and thousands per second. */
export class Burst {
  constructor(private readonly world: World) {}

  run({ channelIds, messagesPerSecond, count, prefix = 'burst' }: BurstRequest): Promise<BurstResult> {
    const targets = channelIds.map((id) => this.target(id));
    const startedAtMs = performance.now();
    const ids: string[] = [];
    return new Promise((resolve) => {
      const timer = setInterval(() => {
        const due = Math.min(count, Math.ceil(((performance.now() - startedAtMs) / 1_000) * messagesPerSecond));
        while (ids.length < due) ids.push(this.send(targets, `${prefix} ${ids.length}`, ids.length));
        if (ids.length < count) return;
        clearInterval(timer);
        resolve({ ids, durationMs: performance.now() - startedAtMs });
      }, TICK_MS);
    });
  }

  private target(channelId: string) {
    const channel = this.world.channel(channelId);
    const guild = channel?.guildId ? this.world.guilds.get(channel.guildId) : undefined;
    const speakers = [...(guild?.members.keys() ?? [])].filter(
      (id) => channel && !this.world.users.get(id)?.isBot && canView(this.world, channel, id),
    );
    if (!channel || speakers.length === 0) throw new ImpossibleAction(`Nobody can speak in channel ${channelId}`);
    return { channel, speakers };
  }

  private send(targets: ReturnType<Burst['target']>[], content: string, index: number): string {
    const target = targets[index % targets.length];
    const authorId = target?.speakers[index % target.speakers.length];
    if (!target || authorId === undefined) throw new ImpossibleAction('A burst needs a channel');
    return createMessage(this.world, target.channel, { authorId, content }).id;
  }
}
