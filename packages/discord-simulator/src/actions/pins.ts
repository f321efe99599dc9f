import { AuditLogEvent, MessageType } from 'discord-api-types/v10';
import { intents } from '../state/dispatch.js';
import type { ChannelRecord, MessageRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import { type Actor, writeAuditLog } from './audit-log.js';
import { announceUpdate, createMessage } from './messages.js';

/** The pinned messages of a channel, the one that was pinned last first. */
export function pinsOf(world: World, channel: ChannelRecord): (MessageRecord & { pinnedAt: string })[] {
  return world
    .history(channel.id)
    .all()
    .filter((message): message is MessageRecord & { pinnedAt: string } => message.pinnedAt !== undefined)
    .sort((left, right) => right.pinnedAt.localeCompare(left.pinnedAt));
}

/** Pins a message and says so in the channel; a second time changes nothing. */
export function pinMessage(world: World, channel: ChannelRecord, message: MessageRecord, by: Actor): void {
  if (message.isPinned) return;
  message.isPinned = true;
  message.pinnedAt = nextPinTime(world, channel);
  announceUpdate(world, message);
  announcePins(world, channel);
  auditPin(world, channel, message, { actionType: AuditLogEvent.MessagePin, by });
  createMessage(world, channel, {
    authorId: by.userId,
    type: MessageType.ChannelPinnedMessage,
    reference: { type: 0, channelId: channel.id, guildId: channel.guildId, messageId: message.id },
  });
}

export function unpinMessage(world: World, channel: ChannelRecord, message: MessageRecord, by: Actor): void {
  if (!message.isPinned) return;
  message.isPinned = false;
  delete message.pinnedAt;
  announceUpdate(world, message);
  announcePins(world, channel);
  auditPin(world, channel, message, { actionType: AuditLogEvent.MessageUnpin, by });
}

/** Pages go by the moment of pinning, so that no two are equal. */
function nextPinTime(world: World, channel: ChannelRecord): string {
  const last = pinsOf(world, channel)[0]?.pinnedAt;
  return new Date(Math.max(world.clock.now(), last === undefined ? 0 : Date.parse(last) + 1)).toISOString();
}

function announcePins(world: World, channel: ChannelRecord): void {
  const last = pinsOf(world, channel)[0]?.pinnedAt;
  if (last === undefined) delete channel.lastPinAt;
  else channel.lastPinAt = last;
  world.touch();
  world.publish({
    name: 'CHANNEL_PINS_UPDATE',
    data: {
      channel_id: channel.id,
      ...(channel.guildId ? { guild_id: channel.guildId } : {}),
      last_pin_timestamp: last ?? null,
    },
    guildId: channel.guildId,
    channelId: channel.id,
    intents: channel.guildId ? intents.guilds : intents.messages(null),
  });
}

function auditPin(
  world: World,
  channel: ChannelRecord,
  message: MessageRecord,
  { actionType, by }: { actionType: AuditLogEvent; by: Actor },
): void {
  const guild = world.guilds.get(channel.guildId ?? '');
  const options = { channel_id: channel.id, message_id: message.id };
  if (guild) writeAuditLog(world, guild, { actionType, targetId: message.authorId, options, by });
}
