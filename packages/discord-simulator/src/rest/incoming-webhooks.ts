import { MessageFlags } from 'discord-api-types/v10';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { deleteMessages, editMessage } from '../actions/messages.js';
import { hasRoomForThread } from '../actions/threads.js';
import { executeWebhook, type WebhookMessage } from '../actions/webhooks.js';
import type { SimulatorContext } from '../context.js';
import { componentsIn } from '../state/components.js';
import type { ChannelRecord, Guild, MessageRecord } from '../state/model.js';
import type { WebhookRecord } from '../state/webhook-records.js';
import { renderMessage } from '../views/messages.js';
import { formError, parseForm, refused, unknown } from './errors.js';
import { requireTagsOf } from './forum-posts.js';
import { githubMessage } from './github-webhook.js';
import { changesFrom, draftFrom, requireSubstance } from './message-form.js';
import { messageEditBody } from './schemas.js';
import { slackMessage } from './slack-webhook.js';
import { receiveAttachments } from './uploads.js';
import { avatarOfUrl, executeBody, executeQuery } from './webhook-form.js';
import type { WebhookWriter } from './webhook-messages.js';
import { requireByToken } from './webhooks.js';

/** What a webhook may say of its message in flags. */
const FLAGS = MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2;

interface Place {
  guild: Guild;
  webhook: WebhookRecord;
  channel: ChannelRecord;
}

type ExecuteBody = z.infer<typeof executeBody>;

/** Writes as a webhook, for whoever has its token. @see https://docs.discord.com/developers/resources/webhook#execute-webhook */
export class IncomingWebhooks implements WebhookWriter {
  constructor(private readonly context: SimulatorContext) {}

  execute(request: FastifyRequest, reply: FastifyReply): unknown {
    const { wait } = parseForm(executeQuery, request.query);
    const message = this.write(request, parseForm(executeBody, request.body));
    return wait ? renderMessage(this.world, message) : reply.code(204).send();
  }

  /** @see https://docs.discord.com/developers/resources/webhook#execute-slackcompatible-webhook */
  executeSlack(request: FastifyRequest, reply: FastifyReply): unknown {
    requireByToken(this.world, request);
    this.write(request, parseForm(executeBody, slackMessage(request.body)));
    return reply.type('application/json').send('"ok"');
  }

  /** Events GitHub has and Discord does not show are taken and say nothing. @see https://docs.discord.com/developers/resources/webhook#execute-githubcompatible-webhook */
  executeGithub(request: FastifyRequest, reply: FastifyReply): unknown {
    requireByToken(this.world, request);
    const message = githubMessage(String(request.headers['x-github-event'] ?? ''), request.body);
    if (message) this.write(request, parseForm(executeBody, message));
    return reply.code(204).send();
  }

  read(request: FastifyRequest): unknown {
    return renderMessage(this.world, this.require(request).message);
  }

  edit(request: FastifyRequest): unknown {
    const { message, webhook, channel } = this.require(request);
    const body = parseForm(messageEditBody, request.body);
    requireComponents(webhook, body.components ?? []);
    const changes = changesFrom(body, message);
    const isReplaced = body.attachments !== undefined || request.uploads.length > 0;
    const files = { uploads: request.uploads, declared: body.attachments, present: message.attachments };
    const attachments = isReplaced ? receiveAttachments(this.world, channel, files) : undefined;
    editMessage(this.world, message, { ...changes, attachments });
    return renderMessage(this.world, message);
  }

  remove(request: FastifyRequest): void {
    const { message, channel } = this.require(request);
    deleteMessages(this.world, channel, [message.id]);
  }

  private get world() {
    return this.context.world;
  }

  private write(request: FastifyRequest, body: ExecuteBody): MessageRecord {
    const place = this.placeOf(request, body);
    // Components of a webhook that is no application's are left out unless they were asked for.
    const isShown = place.webhook.applicationId !== null || parseForm(executeQuery, request.query).with_components;
    const said = { ...body, flags: (body.flags ?? 0) & FLAGS, ...(isShown ? {} : { components: null }) };
    requireSubstance(said, request.uploads);
    requireComponents(place.webhook, said.components ?? []);
    const message = this.messageFrom(place, said);
    const files = { uploads: request.uploads, declared: body.attachments };
    // The files of a post belong to its thread, which comes to be with it.
    const channel = message.post ? { ...place.channel, id: message.post.id } : place.channel;
    message.draft.attachments = receiveAttachments(this.world, channel, files);
    return executeWebhook(this.world, place, message);
  }

  private messageFrom({ channel }: Place, body: ExecuteBody): WebhookMessage {
    const { thread_name: name } = body;
    return {
      draft: draftFrom(this.world, channel, body),
      username: body.username ?? undefined,
      avatar: avatarOfUrl(body.avatar_url),
      post: name
        ? { id: this.world.snowflakes.next(), name, tagIds: requireTagsOf(channel, body.applied_tags ?? []) }
        : undefined,
    };
  }

  /** Where it is to be written: the channel, a thread of it, or a new post. @throws DiscordError 220001 to 220003 */
  private placeOf(request: FastifyRequest, body: ExecuteBody): Place {
    const found = requireByToken(this.world, request);
    const channel = found.guild.channels.get(found.webhook.channelId);
    if (!channel) throw unknown.webhook();
    const { thread_id: threadId } = parseForm(executeQuery, request.query);
    if (channel.forum && threadId && body.thread_name) throw refused.webhookThread.both();
    if (channel.forum && !threadId && !body.thread_name) throw refused.webhookThread.missing();
    if (!channel.forum && body.thread_name) throw refused.webhookThread.elsewhere();
    if (body.thread_name && !hasRoomForThread(found.guild)) throw refused.tooManyActiveThreads();
    return { ...found, channel: threadId ? requireThread(found.guild, channel, threadId) : channel };
  }

  private require(request: FastifyRequest): Place & { message: MessageRecord } {
    const found = requireByToken(this.world, request);
    const parent = found.guild.channels.get(found.webhook.channelId);
    if (!parent) throw unknown.webhook();
    const { thread_id: threadId } = parseForm(executeQuery, request.query);
    const channel = threadId ? requireThread(found.guild, parent, threadId) : parent;
    const { messageId } = request.params as { messageId: string };
    const message = this.world.history(channel.id).get(messageId);
    if (message?.authorId !== found.webhook.id) throw unknown.message();
    return { ...found, channel, message };
  }
}

function requireThread(guild: Guild, parent: ChannelRecord, threadId: string): ChannelRecord {
  const thread = guild.threads.get(threadId);
  if (thread?.parentId !== parent.id) throw unknown.channel();
  return thread;
}

/** Without an application there is nobody to tell of a button that was pressed. */
function requireComponents({ applicationId }: WebhookRecord, components: readonly object[]): void {
  if (applicationId !== null) return;
  for (const { component, path } of componentsIn(components as Record<string, unknown>[], ['components'])) {
    if (typeof component['custom_id'] !== 'string') continue;
    throw formError(path, 'BASE_TYPE_BAD_VALUE', 'Only webhooks of applications can send interactive components');
  }
}
