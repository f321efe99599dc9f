import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { LANE_COUNT, type BotEventEnvelope } from '@guildhall/contracts';
import { writeChange, type OutboxChange } from './outbox-change.js';
import { isFull, openOutboxFile } from './outbox-file.js';
import { prepareStatements, type OutboxStatements } from './outbox-statements.js';

/** The longest an event waits for others to share its commit with, in milliseconds. */
const COMMIT_DELAY_MS = 25;
/** So many events are committed without waiting for more. */
const COMMIT_EVENTS = 100;
/** How long to wait for acknowledgements to make room when the outbox is full, in milliseconds. */
const FULL_RETRY_DELAY_MS = 1_000;
/** The most uncommitted events held while the outbox is full; then it fails, and Discord keeps what comes next. */
const MAX_UNCOMMITTED_EVENTS = 20_000;

/** How long what was delivered may still be found in the write-ahead log, in milliseconds. */
const CLEANING_DELAY_MS = 10_000;

export interface OutboxRun {
  first: number;
  last: number;
  events: unknown[];
}

export interface OutboxOptions {
  /** Called when nothing can be written any more; what was not committed is still with Discord. */
  onFailure: (error: unknown) => void;
}

/**
 * The durable queue between Discord and the API: one gap-free sequence per lane, numbers given at commit. Many changes
 * share a commit, and whatever a process had not committed when it was killed, Discord replays: the position in its
 * session is committed together with the events.
 */
export class Outbox {
  readonly #database: DatabaseSync;
  readonly #statements: OutboxStatements;
  readonly #lanes: { last: number; acknowledged: number }[];
  readonly #sessions: Map<number, object>;
  readonly #listeners: (() => void)[] = [];
  readonly #acknowledgementListeners: ((lane: number) => void)[] = [];
  #id: string;
  #uncommitted: OutboxChange[] = [];
  #uncommittedEvents = 0;
  /** Acknowledgements whose rows are deleted with the next commit. */
  readonly #deletable = new Map<number, number>();
  #timer: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;
  #cleaningTimer: NodeJS.Timeout | undefined;

  /** @throws StartError when the file cannot be used */
  constructor(
    path: string,
    private readonly options: OutboxOptions,
  ) {
    this.#database = openOutboxFile(path);
    this.#statements = prepareStatements(this.#database);
    this.#statements.deleteStagedChunks.run();
    this.#id = this.#readId();
    this.#lanes = this.#readLanes();
    this.#sessions = this.#readSessions();
  }

  /** Identifies the sequences; a new file, or one that starts anew, has another one. */
  get id(): string {
    return this.#id;
  }

  /** Committed events that were not acknowledged yet. */
  get depth(): number {
    return this.#lanes.reduce((sum, { last, acknowledged }) => sum + last - acknowledged, 0);
  }

  /** The last number given in a lane, and the last one the API confirmed. */
  lane(lane: number): Readonly<{ last: number; acknowledged: number }> {
    const state = this.#lanes[lane];
    if (!state) throw new RangeError(`there is no lane ${lane}`);
    return state;
  }

  /** Calls `listener` after every commit that added events, to a lane or to the stage. */
  onEvents(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** Calls `listener` with the lane after every acknowledgement that made room. */
  onAcknowledged(listener: (lane: number) => void): void {
    this.#acknowledgementListeners.push(listener);
  }

  /** Takes a change; it is durable within 25 ms. */
  append(change: OutboxChange): void {
    this.#uncommitted.push(change);
    this.#uncommittedEvents += change.events?.length ?? 0;
    if (this.#uncommittedEvents > MAX_UNCOMMITTED_EVENTS) {
      this.options.onFailure(new Error('the outbox is full and the API takes nothing from it'));
    }
    if (change.isUrgent || this.#uncommittedEvents >= COMMIT_EVENTS)
      this.#immediate ??= setImmediate(() => this.#tryCommit());
    else this.#scheduleCommit(COMMIT_DELAY_MS);
  }

  /**
   * Writes everything appended so far, in one transaction.
   * @throws an SQLite error, with nothing written and nothing forgotten
   */
  commit(): void {
    this.#clearSchedule();
    if (this.#uncommitted.length === 0 && this.#deletable.size === 0) return;
    const lasts = this.#lanes.map(({ last }) => last);
    // Only where each session stands in the end; a commit may cover hundreds of its dispatches.
    const sessions = new Map(
      this.#uncommitted.flatMap(({ session }) => (session ? [[session.shard, session.info]] : [])),
    );
    this.#transaction(() => {
      // First, so that a full outbox has room for what follows.
      for (const [lane, last] of this.#deletable) this.#statements.deleteEvents.run(lane, last);
      for (const change of this.#uncommitted) writeChange(this.#statements, change, lasts);
      this.#writeSessions(sessions);
      lasts.forEach((last, lane) => {
        if (last !== this.lane(lane).last) this.#statements.setLane.run(lane, last);
      });
    });
    const hasEvents = this.#uncommittedEvents > 0 || this.#uncommitted.some(({ staged }) => staged);
    this.#lanes.forEach((state, lane) => (state.last = lasts[lane] ?? state.last));
    for (const [shard, info] of sessions) {
      if (info === null) this.#sessions.delete(shard);
      else this.#sessions.set(shard, info);
    }
    this.#uncommitted = [];
    this.#uncommittedEvents = 0;
    if (this.#deletable.size > 0) this.#scheduleCleaning();
    this.#deletable.clear();
    if (hasEvents) for (const listener of this.#listeners) listener();
  }

  /** Committed events of a lane from number `first` on, at most `limit` and about `maxBytes`, but one at least. */
  read(lane: number, first: number, { limit, maxBytes }: { limit: number; maxBytes: number }): OutboxRun | undefined {
    const events: unknown[] = [];
    let bytes = 0;
    for (const row of this.#statements.readEvents.iterate(lane, first, limit)) {
      const body = String(row['body']);
      bytes += Buffer.byteLength(body);
      if (events.length > 0 && bytes > maxBytes) break;
      events.push(JSON.parse(body));
    }
    return events.length === 0 ? undefined : { first, last: first + events.length - 1, events };
  }

  /** Forgets a lane's events up to number `last`, which the API has committed. */
  acknowledge(lane: number, last: number): void {
    const state = this.#lanes[lane];
    if (!state || last <= state.acknowledged || last > state.last) return;
    state.acknowledged = last;
    this.#deletable.set(lane, last);
    this.#scheduleCommit(COMMIT_DELAY_MS);
    for (const listener of this.#acknowledgementListeners) listener(lane);
  }

  /** Gives the outbox a new id and numbers what is left in it from 1, lane by lane. */
  startAnew(): void {
    this.commit();
    const id = randomUUID();
    this.#transaction(() => {
      this.#statements.setMeta.run('outbox_id', id);
      this.#lanes.forEach(({ last, acknowledged }, lane) => {
        // In two steps over the negative numbers, so that no row meets another one on its way down.
        this.#statements.shiftEvents.run(acknowledged, lane);
        this.#statements.flipEvents.run(lane);
        this.#statements.setLane.run(lane, last - acknowledged);
      });
    });
    this.#id = id;
    for (const state of this.#lanes) {
      state.last -= state.acknowledged;
      state.acknowledged = 0;
    }
  }

  /** Where the Discord session of each shard stood at the last commit. */
  get sessions(): ReadonlyMap<number, object> {
    return this.#sessions;
  }

  /** Guilds whose member list was still to be read when the process ended. */
  wantedMemberLists(): string[] {
    return this.#statements.readMemberLists.all().map((row) => String(row['guild_id']));
  }

  /** Guilds whose ban list was still to be read when the process ended. */
  wantedBanLists(): string[] {
    return this.#statements.readBanLists.all().map((row) => String(row['guild_id']));
  }

  /** A part of a member list that waits for its turn; undefined when it waits no longer. */
  stagedEvent(guildId: string, position: number): BotEventEnvelope | undefined {
    const body = this.#statements.readStagedChunk.get(guildId, position)?.['body'];
    // Safe: only events are staged.
    return typeof body === 'string' ? (JSON.parse(body) as BotEventEnvelope) : undefined;
  }

  /** Guilds whose past messages were still to be imported when the process ended. */
  wantedMessageHistories(): string[] {
    return this.#statements.readMessageHistories.all().map((row) => String(row['guild_id']));
  }

  /** Whether a guild's past messages were imported, by this process or an earlier one. */
  isMessageHistoryImported(guildId: string): boolean {
    return this.#statements.getMessageHistory.get(guildId)?.['is_imported'] === 1;
  }

  /** Commits what is pending and closes the file. */
  close(): void {
    this.commit();
    clearTimeout(this.#cleaningTimer);
    this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    this.#database.close();
  }

  #writeSessions(sessions: ReadonlyMap<number, object | null>): void {
    for (const [shard, info] of sessions) {
      if (info === null) this.#statements.deleteSession.run(shard);
      else this.#statements.setSession.run(shard, JSON.stringify(info));
    }
  }

  /** Deleted rows are overwritten in the file itself, but the write-ahead log keeps them until it is emptied. */
  #scheduleCleaning(): void {
    this.#cleaningTimer ??= setTimeout(() => {
      this.#cleaningTimer = undefined;
      try {
        this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      } catch (error) {
        this.options.onFailure(error);
      }
    }, CLEANING_DELAY_MS);
  }

  #scheduleCommit(delayMs: number): void {
    this.#timer ??= setTimeout(() => this.#tryCommit(), delayMs);
  }

  #clearSchedule(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#immediate);
    this.#timer = undefined;
    this.#immediate = undefined;
  }

  #tryCommit(): void {
    try {
      this.commit();
    } catch (error) {
      if (isFull(error)) this.#scheduleCommit(FULL_RETRY_DELAY_MS);
      else this.options.onFailure(error);
    }
  }

  #transaction(work: () => void): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#database.exec('COMMIT');
    } catch (error) {
      // A full disk makes SQLite roll back by itself; a second rollback would hide the cause.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  #readId(): string {
    const stored = this.#statements.getMeta.get('outbox_id')?.['value'];
    if (typeof stored === 'string') return stored;
    const id = randomUUID();
    this.#statements.setMeta.run('outbox_id', id);
    return id;
  }

  #readSessions(): Map<number, object> {
    const rows = this.#statements.readSessions.all();
    // Safe: only objects are written.
    return new Map(rows.map((row) => [Number(row['shard']), JSON.parse(String(row['info'])) as object]));
  }

  #readLanes(): { last: number; acknowledged: number }[] {
    return Array.from({ length: LANE_COUNT }, (_, lane) => {
      const last = Number(this.#statements.getLane.get(lane)?.['last'] ?? 0);
      const first = this.#statements.firstEvent.get(lane)?.['seq'];
      return { last, acknowledged: first == null ? last : Number(first) - 1 };
    });
  }
}
