import type { Actor } from '../actions/audit-log.js';
import type { SimulatorContext } from '../context.js';
import { ImpossibleAction } from '../interactions/person.js';
import type { ChannelRecord, Guild, MemberRecord, MessageRecord, Thread, UserRecord } from '../state/model.js';
import { isThread } from '../views/threads.js';

/** Finds by id what an action is about. Each throws ImpossibleAction for what does not exist. */
export class ControlLookups {
  constructor(protected readonly context: SimulatorContext) {}

  protected get world() {
    return this.context.world;
  }

  protected guild(id: string): Guild {
    return found(this.world.guilds.get(id), 'guild');
  }

  protected user(id: string): UserRecord {
    return found(this.world.users.get(id), 'user');
  }

  protected member(guild: Guild, userId: string): MemberRecord {
    return found(guild.members.get(userId), 'member');
  }

  protected channel(id: string): ChannelRecord {
    return found(this.world.channel(id), 'channel');
  }

  protected guildChannel(id: string): { guild: Guild; channel: ChannelRecord } {
    const channel = this.channel(id);
    return { channel, guild: found(this.world.guilds.get(channel.guildId ?? ''), 'guild channel') };
  }

  protected thread(id: string): { guild: Guild; thread: Thread } {
    const { guild, channel } = this.guildChannel(id);
    return { guild, thread: found(isThread(channel) ? channel : undefined, 'thread') };
  }

  protected message(channelId: string, messageId: string): MessageRecord {
    return found(this.world.history(channelId).get(messageId), 'message');
  }

  /** Who stands in the audit log: the owner, unless an action names somebody else. */
  protected actor(guild: Guild, userId: string | undefined, reason?: string): Actor {
    return { userId: userId === undefined ? guild.ownerId : this.user(userId).id, reason };
  }
}

export function found<Item>(item: Item | undefined, what: string): Item {
  if (item === undefined) throw new ImpossibleAction(`No such ${what}`);
  return item;
}
