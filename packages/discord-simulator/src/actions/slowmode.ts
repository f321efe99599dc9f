import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { ChannelRecord } from '../state/model.js';
import { channelPermissions } from '../state/permissions.js';
import { timestampOf } from '../state/snowflake.js';
import type { World } from '../state/world.js';
import { MessageRefused } from './message-refused.js';

/** Whoever holds one of these writes as often as they like. */
const EXEMPTING = Permission.BypassSlowmode | Permission.ManageMessages | Permission.ManageChannels;

/** A person wrote in a channel not long enough ago. What Discord calls 20016. */
export class SlowmodeActive extends MessageRefused {
  constructor(readonly retryAfterSeconds: number) {
    super(`Slowmode is on: this person may write here again in ${retryAfterSeconds} seconds.`);
  }
}

/**
 * Bots are never slowed down.
 * @throws SlowmodeActive for a person who has to wait
 * @see https://docs.discord.com/developers/resources/channel#channel-object
 */
export function requireSlowmodeOver(world: World, channel: ChannelRecord, userId: string): void {
  const windowMs = channel.slowmodeSeconds * 1_000;
  if (windowMs === 0 || world.users.get(userId)?.isBot) return;
  if (channelPermissions(world, channel, userId) & EXEMPTING) return;
  const messages = world.history(channel.id).all();
  for (let index = messages.length - 1; index >= 0; index -= 1) {
    const message = messages[index];
    const endsMs = message ? timestampOf(message.id) + windowMs : 0;
    if (!message || endsMs <= world.clock.now()) return;
    if (message.authorId === userId) throw new SlowmodeActive(Math.ceil((endsMs - world.clock.now()) / 1_000));
  }
}
