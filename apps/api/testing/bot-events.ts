import { randomUUID } from 'node:crypto';
import {
  type Batch,
  type BotEventData,
  type BotEventType,
  type Channel,
  type DiscordUser,
  type GuildSnapshot,
  type Member,
  type Message,
  type Role,
  type Snowflake,
  snowflakeAt,
  snowflakeInstant,
  snowflakeSchema,
} from '@guildhall/contracts';

/** Builders of what bots send, with defaults for everything a spec does not care about. */

export function id(value: bigint | number | string): Snowflake {
  return snowflakeSchema.parse(String(value));
}

/** The n-th id that Discord could make at an instant. */
export function idAt(instant: string, n = 0): Snowflake {
  return id(BigInt(snowflakeAt(new Date(instant))) + BigInt(n));
}

export function user(userId: Snowflake, facts: Partial<DiscordUser> = {}): DiscordUser {
  return { id: userId, username: `user-${userId}`, globalName: null, avatar: null, isBot: false, ...facts };
}

export function member(userId: Snowflake, facts: Partial<Member> = {}): Member {
  return {
    user: user(userId),
    nickname: null,
    avatar: null,
    roleIds: [],
    joinedAt: '2026-01-05T10:00:00.000Z',
    timeoutUntil: null,
    ...facts,
  };
}

export function message(messageId: Snowflake, facts: Partial<Message> = {}): Message {
  return {
    id: messageId,
    channelId: id(501),
    author: user(id(901)),
    content: `message ${messageId}`,
    attachments: [],
    replyToId: null,
    createdAt: snowflakeInstant(messageId).toISOString(),
    editedAt: null,
    ...facts,
  };
}

export function role(roleId: Snowflake, facts: Partial<Role> = {}): Role {
  return {
    id: roleId,
    name: `role ${roleId}`,
    color: 0,
    position: 1,
    permissions: '0',
    isManaged: false,
    isHoisted: false,
    isMentionable: false,
    ...facts,
  };
}

export function channel(channelId: Snowflake, facts: Partial<Channel> = {}): Channel {
  return {
    id: channelId,
    type: 0,
    name: `channel-${channelId}`,
    topic: null,
    position: 0,
    parentId: null,
    isNsfw: false,
    slowmodeSeconds: 0,
    isArchived: false,
    isLocked: false,
    overwrites: [],
    ...facts,
  };
}

export function snapshot(guildId: Snowflake, facts: Partial<GuildSnapshot> = {}): GuildSnapshot {
  return {
    guild: { id: guildId, name: `guild ${guildId}`, icon: null, ownerId: id(900), preferredLocale: 'en-US' },
    memberCount: 1,
    roles: [role(guildId)],
    channels: [channel(id(501))],
    ...facts,
  };
}

export function event<T extends BotEventType>(type: T, guildId: Snowflake, data: BotEventData<T>, timestamp?: string) {
  return { id: randomUUID(), type, guildId, data, timestamp: timestamp ?? '2026-11-20T12:00:00.000Z' };
}

/** A lane of an outbox that numbers its batches as a bot does. */
export class TestLane {
  readonly outboxId: string = randomUUID();
  private last = 0;

  constructor(readonly lane = 3) {}

  batch(...events: unknown[]): Batch {
    const first = this.last + 1;
    this.last += events.length;
    return { batchId: randomUUID(), outboxId: this.outboxId, lane: this.lane, first, last: this.last, events };
  }
}
