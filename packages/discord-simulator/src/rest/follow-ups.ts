import { ApplicationIntegrationType as Installation, MessageFlags } from 'discord-api-types/v10';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SimulatorContext } from '../context.js';
import { InteractionAnswers } from '../interactions/answers.js';
import type { Interaction } from '../interactions/interactions.js';
import type { MessageRecord } from '../state/model.js';
import { renderMessage } from '../views/messages.js';
import { parseForm, refused, unknown } from './errors.js';
import { changesFrom, draftFrom, requireSubstance } from './message-form.js';
import { messageCreateBody, messageEditBody } from './schemas.js';
import { receiveAttachments } from './uploads.js';
import type { WebhookWriter } from './webhook-messages.js';

/** What an answer may say of itself. @see https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-messages */
export const ANSWER_FLAGS =
  MessageFlags.SuppressEmbeds |
  MessageFlags.Ephemeral |
  MessageFlags.SuppressNotifications |
  MessageFlags.IsVoiceMessage |
  MessageFlags.IsComponentsV2;

/** Follow-ups where only the person has the application installed, and not the guild. */
const MAX_FOLLOW_UPS = 5;

/** Answers after the first one, within fifteen minutes. @see https://docs.discord.com/developers/interactions/receiving-and-responding#followup-messages */
export class FollowUps implements WebhookWriter {
  private readonly answers: InteractionAnswers;

  constructor(private readonly context: SimulatorContext) {
    this.answers = new InteractionAnswers(context.world, context.interactions);
  }

  execute(request: FastifyRequest, _reply: FastifyReply): unknown {
    const interaction = this.require(request);
    const body = parseForm(messageCreateBody, request.body);
    requireSubstance(body, request.uploads);
    const deferred = interaction.messages.find((message) => message.flags & MessageFlags.Loading);
    if (!deferred) requireFollowUp(interaction);
    const { world } = this.context;
    const draft = draftFrom(world, interaction.channel, body);
    const files = { uploads: request.uploads, declared: body.attachments };
    const attachments = receiveAttachments(world, interaction.channel, files);
    const changes = { ...draft, flags: (draft.flags ?? 0) & ANSWER_FLAGS, attachments };
    // The first follow-up after a deferral takes the place of "thinking…".
    if (deferred) this.answers.edit(interaction, deferred, changes);
    else interaction.followUpCount += 1;
    return this.render(deferred ?? this.answers.add(interaction, changes));
  }

  read(request: FastifyRequest): unknown {
    return this.render(this.requireAnswer(request, this.require(request)));
  }

  edit(request: FastifyRequest): unknown {
    const interaction = this.require(request);
    const message = this.requireAnswer(request, interaction);
    const body = parseForm(messageEditBody, request.body);
    const changes = changesFrom(body, message);
    const isReplaced = body.attachments !== undefined || request.uploads.length > 0;
    const files = { uploads: request.uploads, declared: body.attachments, present: message.attachments };
    const attachments = isReplaced ? receiveAttachments(this.context.world, interaction.channel, files) : undefined;
    this.answers.edit(interaction, message, { ...changes, attachments });
    return this.render(message);
  }

  remove(request: FastifyRequest): void {
    const interaction = this.require(request);
    this.answers.remove(interaction, this.requireAnswer(request, interaction));
  }

  private render(message: MessageRecord): object {
    return renderMessage(this.context.world, message, { viewerId: message.authorId });
  }

  /** @throws DiscordError 10015 for an interaction that was not acknowledged, 50027 when its time is over */
  private require(request: FastifyRequest): Interaction {
    const { webhookId, token } = request.params as { webhookId: string; token: string };
    const interaction = this.context.interactions.findAcknowledged(webhookId, token);
    if (interaction) return interaction;
    throw this.context.interactions.hasEnded(token) ? refused.webhookToken() : unknown.webhook();
  }

  private requireAnswer(request: FastifyRequest, interaction: Interaction): MessageRecord {
    const message = this.answers.find(interaction, (request.params as { messageId: string }).messageId);
    if (!message) throw unknown.message();
    return message;
  }
}

/** @throws DiscordError 40094 */
function requireFollowUp({ owners, followUpCount }: Interaction): void {
  if (owners[Installation.GuildInstall] === undefined && followUpCount >= MAX_FOLLOW_UPS)
    throw refused.tooManyFollowUps();
}
