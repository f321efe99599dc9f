import type { Guild, MessageRecord } from '../state/model.js';
import type { WebhookRecord } from '../state/webhook-records.js';
import type { World } from '../state/world.js';
import { renderUser, userOf } from './users.js';

/** Written to by whoever has the token, or by a channel that is followed. @see https://docs.discord.com/developers/resources/webhook#webhook-object-webhook-types */
const INCOMING = 1;
const CHANNEL_FOLLOWER = 2;

interface WebhookView {
  guild: Guild;
  /** The application that asks; `token` for who needs none, having the token; `log` in the audit log, which shows no token. */
  seenBy: string;
}

/** The token of an application's webhook is shown to that application alone. @see https://docs.discord.com/developers/resources/webhook#webhook-object */
export function renderWebhook(world: World, webhook: WebhookRecord, { guild, seenBy }: WebhookView): object {
  const isOwn = [null, seenBy].includes(webhook.applicationId) || seenBy === 'token';
  const showsToken = isOwn && !webhook.source && seenBy !== 'log';
  return {
    id: webhook.id,
    type: typeOf(webhook),
    application_id: webhook.applicationId,
    guild_id: guild.id,
    channel_id: webhook.channelId,
    name: webhook.name,
    avatar: webhook.avatar,
    ...(showsToken ? { token: webhook.token } : {}),
    ...(seenBy === 'token' ? {} : { user: renderUser(userOf(world, webhook.creatorId)) }),
    ...(webhook.source ? renderSource(world, webhook.source) : {}),
  };
}

function typeOf({ source }: WebhookRecord): number {
  return source ? CHANNEL_FOLLOWER : INCOMING;
}

/** Where it comes from, as long as that exists. */
function renderSource(world: World, { guildId, channelId }: NonNullable<WebhookRecord['source']>): object {
  const guild = world.guilds.get(guildId);
  const channel = world.channel(channelId);
  return {
    ...(guild ? { source_guild: { id: guild.id, name: guild.name, icon: guild.icon } } : {}),
    ...(channel ? { source_channel: { id: channel.id, name: channel.name } } : {}),
  };
}

/** A webhook as the audit log tells of it. */
export function renderLoggedWebhook(webhook: WebhookRecord): object {
  const { name, avatar, channelId, applicationId } = webhook;
  return { type: typeOf(webhook), name, channel_id: channelId, avatar_hash: avatar, application_id: applicationId };
}

/** The author of a message: of a webhook's the one it gave itself. */
export function renderAuthor(world: World, { authorId, webhook }: MessageRecord): object {
  if (!webhook) return renderUser(userOf(world, authorId));
  const { id, name, avatar } = webhook;
  const user = { id, username: name, globalName: null, avatar, isBot: true, locale: 'en-US', email: null };
  return { ...renderUser(user), discriminator: '0000' };
}
