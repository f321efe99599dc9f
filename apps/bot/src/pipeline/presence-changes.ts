import { MAX_LISTED_PEOPLE, type Presence, type PresenceStatus } from '@guildhall/contracts';
import type { Outbox } from './outbox.js';
import { envelop } from './translate/index.js';
import { translatePresence, type PresencePayload } from './translate/presences.js';

/** Who changes their status several times within this window, in milliseconds, is reported once. */
const WINDOW_MS = 2_000;

/** While so many events wait for the API, statuses wait too: only the last one of each person is worth telling. */
const MAX_WAITING_EVENTS = 10_000;

/** Beyond this many people a guild's statuses are not remembered, and are told even where they did not change. */
const MAX_REMEMBERED = 200_000;

interface GuildPresences {
  /** What the API was told, of all who are not offline; undefined while that is not known. */
  told: Map<string, PresenceStatus> | undefined;
  /** What it is to be told. */
  changed: Map<string, PresenceStatus>;
}

/**
 * Makes few events of many presences: Discord repeats them with every song and game. What a killed process had not
 * told yet is lost until the person changes again, or until the next whole list; nobody's status is worth a row each.
 */
export class PresenceChanges {
  readonly #guilds = new Map<string, GuildPresences>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly outbox: Outbox,
    private readonly windowMs = WINDOW_MS,
  ) {}

  /** The API is told of a guild's whole list; only what differs from it is news. */
  listed(guildId: string, presences: readonly PresencePayload[]): void {
    const online = presences.map(translatePresence).filter(({ status }) => status !== 'offline');
    const told = new Map<string, PresenceStatus>(online.map(({ userId, status }) => [userId, status]));
    this.#guilds.set(guildId, { told, changed: new Map() });
  }

  /** Takes a presence as Discord reports it. */
  take(guildId: string, presence: PresencePayload): void {
    const { userId, status } = translatePresence(presence);
    const guild = this.#guilds.get(guildId) ?? { told: undefined, changed: new Map<string, PresenceStatus>() };
    this.#guilds.set(guildId, guild);
    if (guild.told && (guild.told.get(userId) ?? 'offline') === status) {
      guild.changed.delete(userId);
      return;
    }
    guild.changed.set(userId, status);
    this.#timer ??= setTimeout(() => this.#flushWhenThereIsRoom(), this.windowMs);
  }

  /** The bot is no longer in the guild. */
  forget(guildId: string): void {
    this.#guilds.delete(guildId);
  }

  /** Tells what is to be told now, for the end of the process. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#flush();
  }

  #flushWhenThereIsRoom(): void {
    this.#timer = undefined;
    if (this.outbox.depth < MAX_WAITING_EVENTS) this.#flush();
    else this.#timer = setTimeout(() => this.#flushWhenThereIsRoom(), this.windowMs);
  }

  #flush(): void {
    for (const [guildId, guild] of this.#guilds) {
      const presences = [...guild.changed].map(([userId, status]) =>
        translatePresence({ user: { id: userId }, status }),
      );
      guild.changed.clear();
      for (let from = 0; from < presences.length; from += MAX_LISTED_PEOPLE) {
        this.#tell(guildId, presences.slice(from, from + MAX_LISTED_PEOPLE));
      }
      if (guild.told) remember(guild.told, presences);
    }
  }

  #tell(guildId: string, presences: Presence[]): void {
    this.outbox.append({ events: [envelop({ type: 'presence_update', guildId, data: { presences } })] });
  }
}

function remember(told: Map<string, PresenceStatus>, presences: readonly Presence[]): void {
  for (const { userId, status } of presences) {
    if (status === 'offline') told.delete(userId);
    else if (told.size < MAX_REMEMBERED || told.has(userId)) told.set(userId, status);
  }
}
