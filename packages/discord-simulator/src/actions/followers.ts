import { MessageFlags, MessageType } from 'discord-api-types/v10';
import type { ChannelRecord, Guild, MessageRecord } from '../state/model.js';
import type { WebhookRecord } from '../state/webhook-records.js';
import type { World } from '../state/world.js';
import type { Actor } from './audit-log.js';
import { announceUpdate, createMessage } from './messages.js';
import { createWebhook } from './webhooks.js';

/** A channel of announcements, and the guild it is in. */
interface Source {
  guild: Guild;
  channel: ChannelRecord;
}

/**
 * From now on, what is published in the source comes to this channel, by a webhook of its own kind.
 * @see https://docs.discord.com/developers/resources/channel#follow-announcement-channel
 */
export function followChannel(world: World, source: Source, target: Source, by: Actor): WebhookRecord {
  const name = `${source.guild.name} #${source.channel.name}`;
  const origin = { guildId: source.guild.id, channelId: source.channel.id };
  const webhook = createWebhook(world, target.guild, { channelId: target.channel.id, name, source: origin }, by);
  createMessage(world, target.channel, {
    authorId: by.userId,
    type: MessageType.ChannelFollowAdd,
    content: name,
    reference: { type: 0, ...origin },
  });
  return webhook;
}

/** Publishes a message to all who follow its channel. */
export function crosspost(world: World, message: MessageRecord): void {
  message.flags |= MessageFlags.Crossposted;
  announceUpdate(world, message);
  for (const guild of world.guilds.values()) {
    for (const webhook of guild.webhooks) {
      const channel = guild.channels.get(webhook.channelId);
      if (channel && webhook.source?.channelId === message.channelId) deliver(world, channel, webhook, message);
    }
  }
}

function deliver(world: World, channel: ChannelRecord, webhook: WebhookRecord, original: MessageRecord): void {
  const { content, embeds, components, id: messageId, channelId, guildId } = original;
  createMessage(world, channel, {
    authorId: webhook.id,
    webhook: { id: webhook.id, name: webhook.name, avatar: webhook.avatar },
    content,
    embeds,
    components,
    flags: MessageFlags.IsCrosspost | (original.flags & MessageFlags.SuppressEmbeds),
    reference: { type: 0, channelId, guildId, messageId },
  });
}
