import { DestroyRef, Injectable, computed, inject, signal } from '@angular/core';
import type {
  GuildFacts,
  GuildOverview,
  Message,
  Ping,
  RealtimeEventName,
  RealtimePayload,
  Stream,
  Topic,
} from '@guildhall/contracts';
import { ApiClient } from '../../api/api-client';
import type { ProblemError } from '../../api/problem-error';
import { asProblemError } from '../../api/problem-error';
import { RealtimeConnection } from '../../realtime/realtime-connection';
import { GuildList } from '../../shell/guild-list';
import {
  emptyFeed,
  feedEntries,
  withEvent,
  withFetched,
  withHold,
  withOlder,
  withVersions,
  withWaitingShown,
} from './feed';
import { withFigures } from './figures';
import { GuildDirectory } from './guild-directory';

const PAGE_LIMIT = 50;
const MAX_PAGE_LIMIT = 100;

/** Events come in bursts: what they make outdated is fetched once, this long after the first of them. */
const SETTLE_DELAY_MS = 3_000;

/** How often the figures and latencies are read again while nothing happens, in milliseconds. */
const REFRESH_INTERVAL_MS = 30_000;

const NO_MESSAGES: Stream<Message> = { items: [], nextCursor: null };

/** Whose overview, and what of it I may see. */
export interface GuildAccess {
  guildId: string;
  topics: readonly Topic[];
}

/** Everything the overview of one guild shows, kept up to date. One per visit of the page. */
@Injectable()
export class OverviewStore {
  private readonly api = inject(ApiClient);
  private readonly realtime = inject(RealtimeConnection);
  private readonly guildList = inject(GuildList);
  private readonly figures = signal<GuildOverview | null>(null);
  private readonly latencies = signal<Ping | ProblemError | null>(null);
  private readonly feed = signal(emptyFeed);
  private readonly hasFeed = signal(false);
  private readonly failure = signal<ProblemError | null>(null);
  private readonly olderState = signal<'idle' | 'loading' | 'failed'>('idle');
  private stopWatching: (() => void) | null = null;
  private settleTimer: ReturnType<typeof setTimeout> | undefined;
  private refreshTimer: ReturnType<typeof setInterval> | undefined;
  private guildId = '';
  private readonly topics = signal<readonly Topic[]>([]);
  private readonly names = signal<GuildDirectory | null>(null);

  readonly overview = this.figures.asReadonly();
  readonly ping = this.latencies.asReadonly();
  readonly directory = this.names.asReadonly();
  readonly older = this.olderState.asReadonly();
  readonly isFeedLoaded = this.hasFeed.asReadonly();
  readonly entries = computed(() => feedEntries(this.feed()));
  readonly waitingCount = computed(() => this.feed().waitingKeys.size);
  readonly canReadMessages = computed(() => this.topics().includes('messages'));
  readonly hasOlder = computed(() => this.feed().nextCursor !== null);
  readonly latestJoins = computed(() => this.feed().joins.slice(0, 6));
  /** Only while there is nothing to show: later failures heal by themselves. */
  readonly error = computed(() => (this.figures() === null ? this.failure() : null));

  constructor() {
    inject(DestroyRef).onDestroy(() => this.close());
  }

  /** Shows another guild. */
  open({ guildId, topics }: GuildAccess): void {
    this.close();
    this.guildId = guildId;
    this.topics.set(topics);
    this.figures.set(null);
    this.latencies.set(null);
    this.feed.set(emptyFeed);
    this.hasFeed.set(false);
    this.names.set(new GuildDirectory(this.api, guildId, topics));
    void this.fetch();
    void this.fetchPing();
    this.refreshTimer = setInterval(() => this.refresh(), REFRESH_INTERVAL_MS);
    this.stopWatching = this.realtime.watch({
      guildId,
      topics,
      onSubscribed: (versions) => {
        this.feed.update((feed) => withVersions(feed, versions));
        void this.fetch();
      },
      onEvent: (name, payload) => this.apply(name, payload),
      onRevoked: () => this.guildList.load(),
    });
  }

  /** Fetches all that is shown, in place. */
  async fetch(): Promise<void> {
    const { guildId } = this;
    const directory = this.names();
    this.failure.set(null);
    try {
      const [overview, messages] = await Promise.all([
        this.api.get<GuildOverview>(`/api/guilds/${guildId}/overview`),
        this.canReadMessages() ? this.fetchNewest(Math.max(this.feed().messages.length, PAGE_LIMIT)) : NO_MESSAGES,
        directory?.load(),
      ]);
      if (guildId !== this.guildId) return;
      this.figures.set(overview);
      this.feed.update((feed) => withFetched(feed, messages, overview.latestJoins));
      this.hasFeed.set(true);
      directory?.remember(overview.latestJoins);
      directory?.meet(messages.items.map(({ author }) => author.id));
    } catch (error) {
      if (guildId === this.guildId) this.failure.set(asProblemError(error));
    }
  }

  /** Adds the page below the oldest message. */
  async loadOlder(): Promise<void> {
    const { guildId } = this;
    const cursor = this.feed().nextCursor;
    if (cursor === null || this.olderState() === 'loading') return;
    this.olderState.set('loading');
    try {
      const older = await this.fetchMessages(PAGE_LIMIT, cursor);
      if (guildId !== this.guildId) return;
      this.feed.update((feed) => withOlder(feed, older));
      this.names()?.meet(older.items.map(({ author }) => author.id));
      this.olderState.set('idle');
    } catch {
      // The list offers to try again where it ends.
      this.olderState.set('failed');
    }
  }

  /** Keeps the feed from moving, or lets it go. */
  hold(isHeld: boolean): void {
    if (this.feed().isHeld !== isHeld) this.feed.update((feed) => withHold(feed, isHeld));
  }

  showWaiting(): void {
    this.feed.update(withWaitingShown);
  }

  private apply(name: RealtimeEventName, payload: RealtimePayload): void {
    const before = this.feed();
    const after = withEvent(before, name, payload);
    if (after === before) return;
    this.feed.set(after);
    this.names()?.apply(name, payload);
    this.figures.update((overview) => overview && withFigures(overview, name, payload));
    if (name === 'guild.updated') this.applyGuild(payload.items as GuildFacts[]);
    if (name === 'message.created') this.names()?.meet((payload.items as Message[]).map(({ author }) => author.id));
    if (after.isStale || name === 'guild.synced') void this.fetch();
    else this.settleSoon();
  }

  private applyGuild(facts: readonly GuildFacts[]): void {
    for (const { id, name, icon } of facts) this.guildList.change(id, { name, icon });
  }

  /** Reads the figures again after a burst of events: some of what they count depends on more than the events say. */
  private settleSoon(): void {
    this.settleTimer ??= setTimeout(() => {
      this.settleTimer = undefined;
      void this.fetchFigures();
    }, SETTLE_DELAY_MS);
  }

  private refresh(): void {
    if (document.visibilityState === 'hidden') return;
    void this.fetchFigures();
    void this.fetchPing();
  }

  private async fetchFigures(): Promise<void> {
    const { guildId } = this;
    try {
      const overview = await this.api.get<GuildOverview>(`/api/guilds/${guildId}/overview`);
      if (guildId === this.guildId) this.figures.set(overview);
    } catch (error) {
      this.failure.set(asProblemError(error));
    }
  }

  private async fetchPing(): Promise<void> {
    const { guildId } = this;
    const ping = await this.api.get<Ping>('/api/gateway/ping').catch(asProblemError);
    if (guildId === this.guildId) this.latencies.set(ping);
  }

  /** As many pages as it takes to replace what is on screen. */
  private async fetchNewest(count: number): Promise<Stream<Message>> {
    const limit = Math.min(count, MAX_PAGE_LIMIT);
    let stream = await this.fetchMessages(limit);
    while (stream.nextCursor !== null && stream.items.length < count) {
      const next = await this.fetchMessages(limit, stream.nextCursor);
      stream = { items: [...stream.items, ...next.items], nextCursor: next.nextCursor };
    }
    return stream;
  }

  private fetchMessages(limit: number, before?: string): Promise<Stream<Message>> {
    return this.api.get<Stream<Message>>(`/api/guilds/${this.guildId}/messages`, { limit, before });
  }

  /** Stops watching. */
  close(): void {
    this.stopWatching?.();
    this.stopWatching = null;
    clearTimeout(this.settleTimer);
    this.settleTimer = undefined;
    clearInterval(this.refreshTimer);
  }
}
