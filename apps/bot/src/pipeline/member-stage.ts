import { LANE_COUNT, type BotEventEnvelope, type Member, type MemberChunk } from '@guildhall/contracts';
import { laneOf } from './lanes.js';
import type { OutboxChange } from './outbox-change.js';
import type { Outbox } from './outbox.js';

/** A guild's member list on its way into the outbox. */
interface StagedList {
  /** Where its parts are kept, in their order. */
  positions: number[];
  /** Whether all parts have come from Discord. */
  isWhole: boolean;
  /** What was heard of members since their part came; null for who left. */
  heard: Map<string, Member | null>;
  deletedRoles: Set<string>;
}

/** A part that entered its lane: first uncommitted, then with a number that the API has to confirm. */
type PartUnderway = 'uncommitted' | number;

/**
 * Lets member lists into the outbox one part a lane at a time, each after the API has confirmed the one before. Guilds
 * share lanes: the messages of another guild would otherwise wait behind all 50 parts of a large one. What happens to
 * members meanwhile is written into the parts that wait, as a part must not undo what the API was told after it came.
 */
export class MemberStage {
  readonly #lists = new Map<string, StagedList>();
  readonly #underway: (PartUnderway | undefined)[] = Array.from({ length: LANE_COUNT }, () => undefined);
  #nextPosition = 0;

  constructor(private readonly outbox: Outbox) {
    outbox.onEvents(() => this.#committed());
    outbox.onAcknowledged((lane) => this.#acknowledged(lane));
  }

  /** Takes a part of a list. @returns what must be committed for it */
  take(event: BotEventEnvelope, isLast: boolean): OutboxChange {
    const { guildId } = event;
    const list = this.#lists.get(guildId) ?? newList();
    this.#lists.set(guildId, list);
    const position = this.#nextPosition++;
    list.positions.push(position);
    list.isWhole = isLast;
    return { staged: { guildId, position, event }, isUrgent: true };
  }

  /** Takes note of an event that the API hears of before the parts that wait. */
  observe(event: BotEventEnvelope): void {
    const list = this.#lists.get(event.guildId);
    if (!list) return;
    // Safe: the translation gives each type its own data.
    if (event.type === 'member_add' || event.type === 'member_update') {
      const member = event.data as Member;
      list.heard.set(member.user.id, member);
    } else if (event.type === 'member_remove') {
      list.heard.set((event.data as { user: { id: string } }).user.id, null);
    } else if (event.type === 'role_delete') {
      list.deletedRoles.add((event.data as { id: string }).id);
    }
  }

  /** Forgets what waits of a guild, whose list is read anew or not at all. */
  drop(guildId: string): void {
    const list = this.#lists.get(guildId);
    if (!list) return;
    this.#lists.delete(guildId);
    this.outbox.append({ unstaged: { guildId, positions: list.positions } });
  }

  #advance(lane: number): void {
    if (this.#underway[lane] !== undefined) return;
    const next = this.#nextIn(lane);
    if (!next) return;
    const [guildId, list, position] = next;
    // What was just staged is not written yet; its commit comes back here.
    const event = this.outbox.stagedEvent(guildId, position);
    if (!event) return;
    list.positions.shift();
    const isLast = list.isWhole && list.positions.length === 0;
    this.#lists.delete(guildId);
    // Behind the other lists of this lane.
    if (!isLast) this.#lists.set(guildId, list);
    this.#underway[lane] = 'uncommitted';
    this.outbox.append({
      events: [corrected(event, list)],
      unstaged: { guildId, positions: [position] },
      ...(isLast && { memberList: { guildId, isWanted: false } }),
      isUrgent: true,
    });
  }

  #nextIn(lane: number): [string, StagedList, number] | undefined {
    for (const [guildId, list] of this.#lists) {
      const [position] = list.positions;
      if (position !== undefined && laneOf(guildId) === lane) return [guildId, list, position];
    }
    return undefined;
  }

  #committed(): void {
    for (let lane = 0; lane < LANE_COUNT; lane++) {
      if (this.#underway[lane] === 'uncommitted') this.#underway[lane] = this.outbox.lane(lane).last;
      else this.#advance(lane);
    }
  }

  #acknowledged(lane: number): void {
    const underway = this.#underway[lane];
    if (typeof underway !== 'number') return;
    const { last, acknowledged } = this.outbox.lane(lane);
    // An outbox that started anew counts from 1 again.
    if (acknowledged < Math.min(underway, last)) return;
    this.#underway[lane] = undefined;
    this.#advance(lane);
  }
}

function newList(): StagedList {
  return { positions: [], isWhole: false, heard: new Map(), deletedRoles: new Set() };
}

/** A part as it would have come now. */
function corrected(event: BotEventEnvelope, { heard, deletedRoles }: StagedList): BotEventEnvelope {
  if (heard.size === 0 && deletedRoles.size === 0) return event;
  // Safe: only parts of member lists are staged.
  const chunk = event.data as MemberChunk;
  const members = chunk.members.flatMap((member) => {
    const newer = heard.get(member.user.id);
    if (newer === null) return [];
    const current = newer ?? member;
    return [{ ...current, roleIds: current.roleIds.filter((id) => !deletedRoles.has(id)) }];
  });
  return { ...event, data: { ...chunk, members } };
}
