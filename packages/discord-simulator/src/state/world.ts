import { EventEmitter } from 'node:events';
import { Clock } from './clock.js';
import { Deadlines } from './deadlines.js';
import type { Dispatch } from './dispatch.js';
import { FileStore } from './file-store.js';
import type { EmojiRecord } from './guild-records.js';
import { ChannelHistory } from './history.js';
import type {
  ApplicationRecord,
  ChannelRecord,
  CommandRecord,
  EntitlementRecord,
  GrantRecord,
  Guild,
  MemberRecord,
  MessageRecord,
  PresenceRecord,
  UserRecord,
} from './model.js';
import { Randomness } from './randomness.js';
import { SnowflakeSource } from './snowflake.js';

interface WorldEvents {
  dispatch: [Dispatch];
  /** Something other than a message changed and wants to be saved. */
  changed: [];
  messageStored: [MessageRecord];
  messageRemoved: [{ channelId: string; messageId: string }];
  /** Everything is as it was at another point: `loadState`. */
  replaced: [];
}

/**
 * Everything that exists in this Discord. It only holds and announces; the rules live in `actions/`, which are the only code that
 * changes it.
 */
export class World extends EventEmitter<WorldEvents> {
  readonly snowflakes: SnowflakeSource;
  readonly deadlines: Deadlines;
  readonly users = new Map<string, UserRecord>();
  readonly guilds = new Map<string, Guild>();
  /** Direct message channels; the channels of a guild are in the guild. */
  readonly directChannels = new Map<string, ChannelRecord>();
  readonly applications = new Map<string, ApplicationRecord>();
  readonly commands = new Map<string, CommandRecord>();
  readonly entitlements = new Map<string, EntitlementRecord>();
  readonly presences = new Map<string, PresenceRecord>();
  /** OAuth2 grants by access token. */
  readonly grants = new Map<string, GrantRecord>();
  /** Emojis of an application, which it may use everywhere. */
  readonly applicationEmojis = new Map<string, EmojiRecord[]>();
  private readonly histories = new Map<string, ChannelHistory>();
  private readonly guildIdByChannel = new Map<string, string>();

  constructor(
    readonly clock = new Clock(),
    readonly randomness = new Randomness(),
    readonly files = new FileStore(),
  ) {
    super();
    this.snowflakes = new SnowflakeSource(clock);
    this.deadlines = new Deadlines(clock);
    // Gateway, client streams, persistence and any number of tests listen at once.
    this.setMaxListeners(0);
  }

  publish(dispatch: Dispatch): void {
    this.emit('dispatch', dispatch);
  }

  touch(): void {
    this.emit('changed');
  }

  channel(id: string): ChannelRecord | undefined {
    const guildId = this.guildIdByChannel.get(id);
    const guild = guildId ? this.guilds.get(guildId) : undefined;
    return guild ? (guild.channels.get(id) ?? guild.threads.get(id)) : this.directChannels.get(id);
  }

  addChannel(channel: ChannelRecord): void {
    const guild = channel.guildId ? this.guilds.get(channel.guildId) : undefined;
    if (guild) {
      (channel.thread ? guild.threads : guild.channels).set(channel.id, channel);
      this.guildIdByChannel.set(channel.id, guild.id);
    } else this.directChannels.set(channel.id, channel);
  }

  forgetChannel(channel: ChannelRecord): void {
    const guild = channel.guildId ? this.guilds.get(channel.guildId) : undefined;
    guild?.channels.delete(channel.id);
    guild?.threads.delete(channel.id);
    this.guildIdByChannel.delete(channel.id);
    this.directChannels.delete(channel.id);
    this.histories.delete(channel.id);
    this.files.remove(`attachments/${channel.id}`);
  }

  history(channelId: string): ChannelHistory {
    let history = this.histories.get(channelId);
    if (!history) this.histories.set(channelId, (history = new ChannelHistory()));
    return history;
  }

  /** Forgets everything that exists; the clock and the ids go on. */
  clear(): void {
    for (const held of Object.values(this) as unknown[]) if (held instanceof Map) held.clear();
  }

  member(guildId: string, userId: string): MemberRecord | undefined {
    return this.guilds.get(guildId)?.members.get(userId);
  }

  guildsOf(userId: string): Guild[] {
    return [...this.guilds.values()].filter((guild) => guild.members.has(userId));
  }

  presence(userId: string): PresenceRecord {
    return this.presences.get(userId) ?? { status: 'offline', activities: [] };
  }

  applicationByToken(botToken: string): ApplicationRecord | undefined {
    for (const application of this.applications.values()) if (application.botToken === botToken) return application;
    return undefined;
  }

  commandsFor(applicationId: string, guildId: string | null): CommandRecord[] {
    return [...this.commands.values()].filter(
      (command) => command.applicationId === applicationId && command.guildId === guildId,
    );
  }
}
