import { AuditLogEvent } from 'discord-api-types/v10';
import { intents } from '../state/dispatch.js';
import type { ChannelRecord, Guild, MessageRecord } from '../state/model.js';
import type { WebhookRecord } from '../state/webhook-records.js';
import type { World } from '../state/world.js';
import { renderLoggedWebhook } from '../views/webhooks.js';
import { type Actor, differences, writeAuditLog } from './audit-log.js';
import { createPost } from './forum-posts.js';
import { createMessage, type MessageDraft } from './messages.js';

/** Bytes of a token: 68 characters, as Discord's have. */
const TOKEN_BYTES = 51;

interface WebhookDraft {
  channelId: string;
  name: string;
  /** Content and hash of its image. */
  avatar?: Avatar | null | undefined;
  applicationId?: string | null | undefined;
  source?: WebhookRecord['source'];
}

interface Avatar {
  content: Buffer;
  hash: string;
}

export function createWebhook(world: World, guild: Guild, draft: WebhookDraft, by: Actor): WebhookRecord {
  const webhook: WebhookRecord = {
    id: world.snowflakes.next(),
    channelId: draft.channelId,
    creatorId: by.userId,
    name: draft.name,
    avatar: draft.avatar?.hash ?? null,
    token: draft.source ? '' : world.randomness.token(TOKEN_BYTES),
    applicationId: draft.applicationId ?? null,
    ...(draft.source ? { source: draft.source } : {}),
  };
  keepAvatar(world, webhook, draft.avatar);
  guild.webhooks.push(webhook);
  announce(world, guild, webhook.channelId);
  const changes = differences({}, renderLoggedWebhook(webhook));
  writeAuditLog(world, guild, { actionType: AuditLogEvent.WebhookCreate, targetId: webhook.id, changes, by });
  return webhook;
}

/** Gone with the webhook, not with the message: what it wrote keeps its picture. */
function keepAvatar(world: World, webhook: WebhookRecord, avatar: Avatar | null | undefined): void {
  if (avatar) world.files.put(`avatars/${webhook.id}/${avatar.hash}`, avatar.content);
}

export type WebhookChanges = Partial<Pick<WebhookDraft, 'name' | 'channelId' | 'avatar'>>;

/** @param by absent for who only has the token: nobody knows who that is */
export function updateWebhook(
  world: World,
  guild: Guild,
  webhook: WebhookRecord,
  { changes, by }: { changes: WebhookChanges; by?: Actor | undefined },
): void {
  const before = { ...webhook };
  const { avatar, ...rest } = changes;
  Object.assign(webhook, rest, avatar === undefined ? {} : { avatar: avatar?.hash ?? null });
  keepAvatar(world, webhook, avatar);
  announce(world, guild, webhook.channelId);
  if (before.channelId !== webhook.channelId) announce(world, guild, before.channelId);
  if (!by) return;
  const entry = {
    targetId: webhook.id,
    changes: differences(renderLoggedWebhook(before), renderLoggedWebhook(webhook)),
  };
  writeAuditLog(world, guild, { actionType: AuditLogEvent.WebhookUpdate, ...entry, by });
}

export function deleteWebhook(world: World, guild: Guild, webhook: WebhookRecord, by?: Actor): void {
  guild.webhooks = guild.webhooks.filter((it) => it !== webhook);
  announce(world, guild, webhook.channelId);
  if (!by) return;
  const changes = differences(renderLoggedWebhook(webhook), {});
  writeAuditLog(world, guild, { actionType: AuditLogEvent.WebhookDelete, targetId: webhook.id, changes, by });
}

/** Webhooks go with their channel. */
export function forgetWebhooks(guild: Guild, channelId: string): void {
  guild.webhooks = guild.webhooks.filter((it) => it.channelId !== channelId);
}

export function findWebhook(world: World, id: string): { guild: Guild; webhook: WebhookRecord } | undefined {
  for (const guild of world.guilds.values()) {
    const webhook = guild.webhooks.find((it) => it.id === id);
    if (webhook) return { guild, webhook };
  }
  return undefined;
}

/** What a webhook is told to write. */
export interface WebhookMessage {
  draft: Omit<MessageDraft, 'authorId'>;
  /** In place of its own name and image. */
  username?: string | undefined;
  avatar?: string | undefined;
  /** The title of a new post, where the channel is a forum. */
  post?: { id: string; name: string; tagIds: string[] } | undefined;
}

/** Writes as a webhook into its channel, a thread of it, or a new post of its forum. */
export function executeWebhook(
  world: World,
  { guild, webhook, channel }: { guild: Guild; webhook: WebhookRecord; channel: ChannelRecord },
  { draft, username, avatar, post }: WebhookMessage,
): MessageRecord {
  const author = { id: webhook.id, name: username ?? webhook.name, avatar: avatar ?? webhook.avatar };
  const message = { ...draft, webhook: author, applicationId: webhook.applicationId ?? undefined };
  if (!post) return createMessage(world, channel, { ...message, authorId: webhook.id });
  const { id: messageId, ...title } = post;
  const by = { userId: webhook.id };
  return createPost(world, guild, channel, { draft: { ...title, messageId }, message, by }).message;
}

function announce(world: World, guild: Guild, channelId: string): void {
  world.touch();
  world.publish({
    name: 'WEBHOOKS_UPDATE',
    data: { guild_id: guild.id, channel_id: channelId },
    guildId: guild.id,
    channelId,
    intents: intents.webhooks,
  });
}
