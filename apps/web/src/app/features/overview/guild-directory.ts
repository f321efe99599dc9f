import { computed, signal } from '@angular/core';
import type { Channel, Member, Page, RealtimeEventName, RealtimePayload, Role, Topic } from '@guildhall/contracts';
import type { ApiClient } from '../../api/api-client';
import type { Directory } from '../../ui/discord/directory';

/** How many people are looked up at the same time. */
const LOOKUP_CONCURRENCY = 4;

/** A guild's roles, channels, and those of its people who were met so far. */
export class GuildDirectory implements Directory {
  private readonly members = signal<ReadonlyMap<string, Member>>(new Map());
  private readonly roles = signal<readonly Role[]>([]);
  private readonly channels = signal<readonly Channel[]>([]);
  private readonly rolesById = computed(() => new Map<string, Role>(this.roles().map((role) => [role.id, role])));
  private readonly channelsById = computed(
    () => new Map<string, Channel>(this.channels().map((channel) => [channel.id, channel])),
  );
  /** Everybody who was asked for, found or not: people who left are not asked for again. */
  private readonly requested = new Set<string>();
  private readonly queue: string[] = [];
  private running = 0;

  constructor(
    private readonly api: ApiClient,
    private readonly guildId: string,
    private readonly topics: readonly Topic[],
  ) {}

  member(userId: string): Member | undefined {
    return this.members().get(userId);
  }

  role(roleId: string): Role | undefined {
    return this.rolesById().get(roleId);
  }

  channel(channelId: string): Channel | undefined {
    return this.channelsById().get(channelId);
  }

  /** Fetches roles and channels, as far as I may see them. */
  async load(): Promise<void> {
    const [roles, channels] = await Promise.all([this.list<Role>('roles'), this.list<Channel>('channels')]);
    this.roles.set(roles);
    this.channels.set(channels);
  }

  /** Takes note of members that came with other answers. */
  remember(members: readonly Member[]): void {
    if (members.length === 0) return;
    for (const { user } of members) this.requested.add(user.id);
    this.members.update((known) => new Map([...known, ...members.map((member) => [member.user.id, member] as const)]));
  }

  /** Looks up whoever of these was not met yet; names and colours appear as the answers arrive. */
  meet(userIds: Iterable<string>): void {
    if (!this.topics.includes('members')) return;
    for (const id of userIds) {
      if (this.requested.has(id)) continue;
      this.requested.add(id);
      this.queue.push(id);
    }
    while (this.running < LOOKUP_CONCURRENCY && this.queue.length > 0) void this.lookUpNext();
  }

  /** Applies what an event says about people, roles and channels. */
  apply(name: RealtimeEventName, { items }: RealtimePayload): void {
    // Why the casts hold: `realtimeEvents` in the contracts ties each name to the shape of its items.
    if (name === 'member.joined' || name === 'member.updated') this.remember(items as Member[]);
    if (name === 'role.created' || name === 'role.updated')
      this.roles.update((known) => upserted(known, items as Role[]));
    if (name === 'role.deleted') this.roles.update((known) => without(known, items as { id: string }[]));
    if (name === 'channel.created' || name === 'channel.updated')
      this.channels.update((known) => upserted(known, items as Channel[]));
    if (name === 'channel.deleted') this.channels.update((known) => without(known, items as { id: string }[]));
  }

  private async list<T>(topic: 'roles' | 'channels'): Promise<T[]> {
    if (!this.topics.includes(topic)) return [];
    return (await this.api.get<{ items: T[] }>(`/api/discord/guilds/${this.guildId}/${topic}`)).items;
  }

  private async lookUpNext(): Promise<void> {
    const id = this.queue.shift();
    if (id === undefined) return;
    this.running += 1;
    try {
      const page = await this.api.get<Page<Member>>(`/api/discord/guilds/${this.guildId}/members`, { q: id, limit: 1 });
      this.remember(page.items.filter(({ user }) => user.id === id));
    } catch {
      // A name without its colour is no failure worth showing; the next fetch asks again.
      this.requested.delete(id);
    } finally {
      this.running -= 1;
      if (this.queue.length > 0) void this.lookUpNext();
    }
  }
}

function upserted<T extends { id: string }>(known: readonly T[], items: readonly T[]): T[] {
  const changed = new Map(items.map((item) => [item.id, item]));
  return [...known.filter(({ id }) => !changed.has(id)), ...items];
}

function without<T extends { id: string }>(known: readonly T[], removed: readonly { id: string }[]): T[] {
  return known.filter(({ id }) => !removed.some((item) => item.id === id));
}
