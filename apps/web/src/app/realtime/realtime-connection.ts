import { DestroyRef, Injectable, effect, inject, signal, untracked } from '@angular/core';
import type {
  REALTIME_REVOKED_EVENT,
  RealtimeEventName,
  RealtimePayload,
  SubscribeResult,
  Topic,
} from '@guildhall/contracts';
import type { Socket } from 'socket.io-client';
import { AccessTokens } from '../session/access-tokens';
import { Session } from '../session/session';

/** Typed by the contract rather than imported from it, which would bring its schemas along. */
const REVOKED: typeof REALTIME_REVOKED_EVENT = 'revoked';

const RECONNECT_DELAY_MS = 2_000;
const SUBSCRIBE_TIMEOUT_MS = 8_000;

export interface GuildWatcher {
  guildId: string;
  topics: readonly Topic[];
  /** After every subscription, the first and those after an interruption: fetch what you show. */
  onSubscribed(versions: Partial<Record<Topic, number>>): void;
  onEvent(name: RealtimeEventName, payload: RealtimePayload): void;
  /** Some of the topics may no longer be seen: find out which before they are asked for again. */
  onRevoked(): Promise<void>;
}

export type ConnectionState = 'idle' | 'connecting' | 'connected' | 'reconnecting';

/** The dashboard's one socket; it opens with the first watcher and heals by itself. */
@Injectable({ providedIn: 'root' })
export class RealtimeConnection {
  private readonly tokens = inject(AccessTokens);
  private readonly session = inject(Session);
  private readonly watchers = new Set<GuildWatcher>();
  private readonly current = signal<ConnectionState>('idle');
  private socket: Socket | null = null;
  private opening: Promise<void> | null = null;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;

  readonly state = this.current.asReadonly();

  constructor() {
    effect(() => {
      if (this.session.state().kind === 'signed-out') untracked(() => this.close());
    });
    inject(DestroyRef).onDestroy(() => this.close());
  }

  /** Starts delivering the events of a guild; the returned function stops it. */
  watch(watcher: GuildWatcher): () => void {
    this.watchers.add(watcher);
    if (this.socket?.connected) void this.subscribe(watcher.guildId);
    else void this.open();
    return () => {
      this.watchers.delete(watcher);
      if (this.socket?.connected) void this.subscribe(watcher.guildId);
    };
  }

  private open(): Promise<void> {
    this.opening ??= this.createSocket().finally(() => (this.opening = null));
    return this.opening;
  }

  private async createSocket(): Promise<void> {
    if (this.socket) return;
    this.current.set('connecting');
    const { io } = await import('socket.io-client');
    const socket = io('/realtime', {
      transports: ['websocket', 'polling'],
      reconnectionDelay: 500,
      reconnectionDelayMax: 5_000,
      auth: (provide: (data: { token: string }) => void) => void this.provideToken(provide),
    });
    this.socket = socket;
    socket.on('connect', () => this.onConnected());
    socket.on('disconnect', (reason) => {
      // The API closes a socket when its access token expires; with the new one it opens again at once.
      if (reason === 'io server disconnect') socket.connect();
      else this.onInterrupted();
    });
    socket.on(REVOKED, (revoked: unknown) => void this.onRevoked(revoked));
    socket.on('connect_error', () => this.onInterrupted());
    socket.onAny((name: RealtimeEventName, payload: unknown) => {
      if (isPayload(payload)) this.deliver(name, payload);
    });
  }

  /** Without a token the server refuses, and the next attempt asks again. */
  private async provideToken(provide: (data: { token: string }) => void): Promise<void> {
    const token = await this.tokens.keeper.current().catch(() => '');
    provide({ token });
  }

  private onConnected(): void {
    this.current.set('connected');
    for (const guildId of new Set([...this.watchers].map((watcher) => watcher.guildId))) void this.subscribe(guildId);
  }

  /** Socket.IO retries lost connections, but not those that the server closed or refused. */
  private onInterrupted(): void {
    this.current.set('reconnecting');
    if (!this.socket || this.socket.active) return;
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(() => this.socket?.connect(), RECONNECT_DELAY_MS);
  }

  private async onRevoked(revoked: unknown): Promise<void> {
    const affected = [...this.watchers].filter((watcher) => isAbout(revoked, watcher.guildId));
    await Promise.all(affected.map((watcher) => watcher.onRevoked()));
    for (const watcher of affected) if (this.watchers.has(watcher)) void this.subscribe(watcher.guildId);
  }

  private async subscribe(guildId: string): Promise<void> {
    const watchers = [...this.watchers].filter((watcher) => watcher.guildId === guildId);
    const topics = [...new Set(watchers.flatMap((watcher) => watcher.topics))];
    const result = await this.requestSubscription(guildId, topics);
    const present = watchers.filter((watcher) => this.watchers.has(watcher));
    if (result?.ok) for (const watcher of present) watcher.onSubscribed(result.versions);
    // What could be seen when the page was fetched may be lost by the time the socket asks for it.
    else if (result) await Promise.all(present.map((watcher) => watcher.onRevoked()));
    else if (this.socket?.connected && present.length > 0) await this.subscribe(guildId);
  }

  /** Null when no answer came in time or the connection broke, after which the next connection subscribes again. */
  private async requestSubscription(guildId: string, topics: Topic[]): Promise<SubscribeResult | null> {
    const answer: unknown = await this.socket
      ?.timeout(SUBSCRIBE_TIMEOUT_MS)
      .emitWithAck('subscribe', { guildId, topics })
      .catch(() => null);
    // The acknowledgement is written by the same build; only its absence has to be expected.
    return (answer ?? null) as SubscribeResult | null;
  }

  private deliver(name: RealtimeEventName, payload: RealtimePayload): void {
    for (const watcher of this.watchers) if (watcher.guildId === payload.guildId) watcher.onEvent(name, payload);
  }

  private close(): void {
    clearTimeout(this.retryTimer);
    this.socket?.disconnect();
    this.socket = null;
    this.current.set('idle');
  }
}

function isAbout(value: unknown, guildId: string): boolean {
  return typeof value === 'object' && value !== null && 'guildId' in value && value.guildId === guildId;
}

function isPayload(value: unknown): value is RealtimePayload {
  if (typeof value !== 'object' || value === null) return false;
  const { guildId, version, items, skipped } = value as Record<string, unknown>;
  return (
    typeof guildId === 'string' && typeof version === 'number' && Array.isArray(items) && typeof skipped === 'number'
  );
}
