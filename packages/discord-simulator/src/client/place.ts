import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { z } from 'zod';
import { ImpossibleAction } from '../interactions/person.js';
import { DiscordError } from '../rest/errors.js';
import { type ChannelRecord, type Guild, type MessageRecord, snowflake, type UserRecord } from '../state/model.js';
import { channelPermissions } from '../state/permissions.js';
import type { World } from '../state/world.js';

/** Who acts, and in which channel. */
export const inChannel = z.object({ as: snowflake, channelId: snowflake });

/** The person named by `as`. @throws ImpossibleAction when nobody is called that */
export function personOf(world: World, source: unknown): UserRecord {
  const person = world.users.get(z.looseObject({ as: snowflake }).parse(source).as);
  if (!person) throw new ImpossibleAction('No such person');
  return person;
}

export function messageIn(world: World, channel: ChannelRecord, messageId: string): MessageRecord {
  const message = world.history(channel.id).get(messageId);
  if (!message) throw new ImpossibleAction('No such message');
  return message;
}

/** Who acts, and where: refused unless they see the channel and may do `permission` in it. */
export function place(world: World, source: unknown, permission = 0n): { person: UserRecord; channel: ChannelRecord } {
  const { channelId } = z.looseObject({ channelId: snowflake }).parse(source);
  const person = personOf(world, source);
  const channel = world.channel(channelId);
  const needed = Permission.ViewChannel | permission;
  if (!channel || (channelPermissions(world, channel, person.id) & needed) !== needed) throw notAllowed();
  return { person, channel };
}

/** Who acts, and in which of their guilds. */
export function placeInGuild(world: World, source: unknown): { person: UserRecord; guild: Guild } {
  const { guildId } = z.looseObject({ guildId: snowflake }).parse(source);
  const person = personOf(world, source);
  const guild = world.guilds.get(guildId);
  if (!guild?.members.has(person.id)) throw notAllowed();
  return { person, guild };
}

export function notAllowed(): DiscordError {
  return new DiscordError(403, 50013, 'This person may not do that here');
}
