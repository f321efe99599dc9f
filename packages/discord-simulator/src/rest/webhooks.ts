import { ChannelType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createWebhook, deleteWebhook, findWebhook, updateWebhook, type WebhookChanges } from '../actions/webhooks.js';
import type { SimulatorContext } from '../context.js';
import type { Guild } from '../state/model.js';
import { channelPermissions } from '../state/permissions.js';
import type { WebhookRecord } from '../state/webhook-records.js';
import type { World } from '../state/world.js';
import { renderWebhook } from '../views/webhooks.js';
import { actorOf, requireBot, requireChannel, requireGuildPermission } from './access.js';
import { formError, missingAccess, missingPermissions, parseForm, refused, unknown } from './errors.js';
import { IMAGE_BODY_BYTES } from './images.js';
import { avatarFrom, webhookBody, webhookPatchBody } from './webhook-form.js';

/** Webhooks of one channel. */
const MAX_WEBHOOKS = 15;

const CHANNELS: readonly number[] = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildVoice,
  ChannelType.GuildStageVoice,
  ChannelType.GuildForum,
  ChannelType.GuildMedia,
];

interface Found {
  guild: Guild;
  webhook: WebhookRecord;
}

/** @see https://docs.discord.com/developers/resources/webhook */
export function webhookRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  const render = (request: FastifyRequest, { guild, webhook }: Found) =>
    renderWebhook(world, webhook, { guild, seenBy: requireBot(request).application.id });

  app.post('/channels/:channelId/webhooks', { bodyLimit: IMAGE_BODY_BYTES }, (request) => {
    const { guild, channelId } = requireManaged(world, request);
    const body = parseForm(webhookBody, request.body);
    const avatar = avatarFrom(body);
    requireRoom(guild, channelId);
    const applicationId = requireBot(request).application.id;
    const draft = { channelId, name: body.name, avatar, applicationId };
    return render(request, { guild, webhook: createWebhook(world, guild, draft, actorOf(request)) });
  });

  app.get('/channels/:channelId/webhooks', (request) => {
    const { guild, channelId } = requireManaged(world, request);
    const inChannel = guild.webhooks.filter((webhook) => webhook.channelId === channelId);
    return inChannel.map((webhook) => render(request, { guild, webhook }));
  });

  app.get('/guilds/:guildId/webhooks', (request) => {
    const guild = requireGuildPermission(world, request, Permission.ManageWebhooks);
    return guild.webhooks.map((webhook) => render(request, { guild, webhook }));
  });

  app.get('/webhooks/:webhookId', (request) => render(request, requireOwn(world, request)));

  app.patch('/webhooks/:webhookId', { bodyLimit: IMAGE_BODY_BYTES }, (request) => {
    const found = requireOwn(world, request);
    const { channel_id: channelId, ...body } = parseForm(webhookPatchBody, request.body);
    const changes = { ...changesFrom(body), ...moveTo(world, request, found, channelId) };
    updateWebhook(world, found.guild, found.webhook, { changes, by: actorOf(request) });
    return render(request, found);
  });

  app.delete('/webhooks/:webhookId', (request, reply) => {
    const { guild, webhook } = requireOwn(world, request);
    deleteWebhook(world, guild, webhook, actorOf(request));
    return reply.code(204).send();
  });
}

/** What whoever has the token may do without being anybody. */
export function webhookTokenRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  const render = ({ guild, webhook }: Found) => renderWebhook(world, webhook, { guild, seenBy: 'token' });

  app.get('/webhooks/:webhookId/:token', (request) => render(requireByToken(world, request)));

  app.patch('/webhooks/:webhookId/:token', { bodyLimit: IMAGE_BODY_BYTES }, (request) => {
    const found = requireByToken(world, request);
    const changes = changesFrom(parseForm(webhookPatchBody.omit({ channel_id: true }), request.body));
    updateWebhook(world, found.guild, found.webhook, { changes });
    return render(found);
  });

  app.delete('/webhooks/:webhookId/:token', (request, reply) => {
    const { guild, webhook } = requireByToken(world, request);
    deleteWebhook(world, guild, webhook);
    return reply.code(204).send();
  });
}

/** @throws DiscordError 10015 for a webhook that is none, 50027 for a wrong token */
export function requireByToken(world: World, request: FastifyRequest): Found {
  const { webhookId, token } = request.params as { webhookId: string; token: string };
  const found = findWebhook(world, webhookId);
  if (!found) throw unknown.webhook();
  // What follows a channel is written to by nobody.
  if (found.webhook.source || found.webhook.token !== token) throw refused.webhookToken();
  return found;
}

/** The webhook, for those who manage webhooks in its channel. */
function requireOwn(world: World, request: FastifyRequest): Found {
  const { userId } = requireBot(request);
  const found = findWebhook(world, (request.params as { webhookId: string }).webhookId);
  if (!found) throw unknown.webhook();
  if (!found.guild.members.has(userId)) throw missingAccess();
  const channel = world.channel(found.webhook.channelId);
  if (!channel || !(channelPermissions(world, channel, userId) & Permission.ManageWebhooks)) throw missingPermissions();
  return found;
}

function requireManaged(world: World, request: FastifyRequest): { guild: Guild; channelId: string } {
  const channel = requireChannel(world, request, Permission.ManageWebhooks);
  const guild = channel.guildId ? world.guilds.get(channel.guildId) : undefined;
  if (!guild || !CHANNELS.includes(channel.type)) throw refused.channelType();
  return { guild, channelId: channel.id };
}

/** @throws DiscordError 30007 */
export function requireRoom(guild: Guild, channelId: string): void {
  const inChannel = guild.webhooks.filter((webhook) => webhook.channelId === channelId);
  if (inChannel.length >= MAX_WEBHOOKS) throw refused.tooManyWebhooks();
}

function changesFrom(body: { name?: string | undefined; avatar?: string | null | undefined }): WebhookChanges {
  const avatar = avatarFrom(body);
  return { ...(body.name === undefined ? {} : { name: body.name }), ...(avatar === undefined ? {} : { avatar }) };
}

/** Moving needs the permission on both sides, within the guild. */
function moveTo(
  world: World,
  request: FastifyRequest,
  { guild, webhook }: Found,
  channelId: string | null | undefined,
): WebhookChanges {
  if (!channelId || channelId === webhook.channelId) return {};
  const channel = guild.channels.get(channelId);
  if (!channel || !CHANNELS.includes(channel.type))
    throw formError(['channel_id'], 'BASE_TYPE_BAD_VALUE', 'Unknown channel');
  if (!(channelPermissions(world, channel, requireBot(request).userId) & Permission.ManageWebhooks))
    throw missingPermissions();
  requireRoom(guild, channelId);
  return { channelId };
}
