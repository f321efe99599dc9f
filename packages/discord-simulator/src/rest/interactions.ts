import { InteractionResponseType as Answer, InteractionType, MessageFlags } from 'discord-api-types/v10';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { SimulatorContext } from '../context.js';
import { InteractionAnswers } from '../interactions/answers.js';
import type { Interaction } from '../interactions/interactions.js';
import type { MessageRecord } from '../state/model.js';
import { renderMessage } from '../views/messages.js';
import { formError, parseForm, refused, unknown } from './errors.js';
import { changesFrom, draftFrom, requireSubstance } from './messages.js';
import { interactionCallbackBody, messageCreateBody, messageEditBody } from './schemas.js';

type Callback = z.infer<typeof interactionCallbackBody>;

/** @see https://docs.discord.com/developers/interactions/receiving-and-responding */
export function interactionRoutes(app: FastifyInstance, context: SimulatorContext): void {
  const { world, interactions } = context;
  const answers = new InteractionAnswers(world, interactions);
  const render = (message: MessageRecord) => renderMessage(world, message, { viewerId: message.authorId });

  app.post('/interactions/:interactionId/:token/callback', (request, reply) => {
    const { interactionId, token } = request.params as { interactionId: string; token: string };
    const interaction = interactions.findOpen(interactionId, token);
    if (!interaction) throw unknown.interaction();
    if (interaction.isAcknowledged) throw refused.alreadyAcknowledged();
    const callback = parseForm(interactionCallbackBody, request.body);
    const message = acknowledge(interaction, callback);
    if ((request.query as { with_response?: string }).with_response !== 'true') return reply.code(204).send();
    return reply.send({
      interaction: {
        id: interaction.id,
        type: interaction.type,
        ...(message
          ? { response_message_id: message.id, response_message_ephemeral: hasFlag(message, MessageFlags.Ephemeral) }
          : {}),
        response_message_loading: message ? hasFlag(message, MessageFlags.Loading) : false,
      },
      resource: { type: callback.type, ...(message ? { message: render(message) } : {}) },
    });
  });

  function acknowledge(interaction: Interaction, callback: Callback): MessageRecord | undefined {
    requireFittingAnswer(interaction, callback.type);
    switch (callback.type) {
      case Answer.ChannelMessageWithSource: {
        requireSubstance(callback.data);
        const draft = draftFrom(world, interaction.channel, callback.data);
        interaction.isAcknowledged = true;
        return answers.add(interaction, draft);
      }
      case Answer.DeferredChannelMessageWithSource:
        interaction.isAcknowledged = true;
        return answers.add(interaction, { flags: (callback.data?.flags ?? 0) | MessageFlags.Loading });
      case Answer.DeferredMessageUpdate:
        interaction.isAcknowledged = true;
        interaction.originalId = interaction.source?.id ?? null;
        interactions.settle(interaction, { status: 'answered' });
        return interaction.source;
      case Answer.UpdateMessage: {
        const { source } = interaction;
        if (!source) throw unknown.message();
        interaction.isAcknowledged = true;
        interaction.originalId = source.id;
        answers.edit(interaction, source, changesFrom(callback.data ?? {}));
        return source;
      }
      case Answer.ApplicationCommandAutocompleteResult:
        interaction.isAcknowledged = true;
        interactions.settle(interaction, { status: 'answered', choices: callback.data.choices });
        return undefined;
      case Answer.Modal:
        interaction.isAcknowledged = true;
        interactions.settle(interaction, { status: 'answered', modal: callback.data });
        return undefined;
      default:
        // A pong acknowledges and says nothing.
        interaction.isAcknowledged = true;
        return undefined;
    }
  }

  function requireAcknowledged(request: FastifyRequest): Interaction {
    const { applicationId, token } = request.params as { applicationId: string; token: string };
    const interaction = interactions.findAcknowledged(applicationId, token);
    if (!interaction) throw unknown.webhook();
    return interaction;
  }

  function requireAnswer(request: FastifyRequest, interaction: Interaction): MessageRecord {
    const message = answers.find(interaction, (request.params as { messageId: string }).messageId);
    if (!message) throw unknown.message();
    return message;
  }

  app.post('/webhooks/:applicationId/:token', (request) => {
    const interaction = requireAcknowledged(request);
    const body = parseForm(messageCreateBody, request.body);
    requireSubstance(body);
    const deferred = interaction.messages.find((message) => hasFlag(message, MessageFlags.Loading));
    const draft = draftFrom(world, interaction.channel, body);
    if (!deferred) return render(answers.add(interaction, draft));
    // The first follow-up after a deferral takes the place of "thinking…".
    answers.edit(interaction, deferred, draft);
    return render(deferred);
  });

  const path = '/webhooks/:applicationId/:token/messages/:messageId';

  app.get(path, (request) => render(requireAnswer(request, requireAcknowledged(request))));

  app.patch(path, (request) => {
    const interaction = requireAcknowledged(request);
    const message = requireAnswer(request, interaction);
    answers.edit(interaction, message, changesFrom(parseForm(messageEditBody, request.body)));
    return render(message);
  });

  app.delete(path, (request, reply) => {
    const interaction = requireAcknowledged(request);
    answers.remove(interaction, requireAnswer(request, interaction));
    return reply.code(204).send();
  });
}

function hasFlag(message: MessageRecord, flag: MessageFlags): boolean {
  return (message.flags & flag) !== 0;
}

/** Autocomplete takes choices only; updates need a message to update; a modal cannot follow a modal. */
function requireFittingAnswer({ type, source }: Interaction, answer: Answer): void {
  const isAutocomplete = type === InteractionType.ApplicationCommandAutocomplete;
  const isUpdate = answer === Answer.UpdateMessage || answer === Answer.DeferredMessageUpdate;
  const fits =
    isAutocomplete === (answer === Answer.ApplicationCommandAutocompleteResult) &&
    (!isUpdate || source !== undefined) &&
    !(answer === Answer.Modal && type === InteractionType.ModalSubmit);
  if (!fits) throw formError(['type'], 'BASE_TYPE_BAD_VALUE', 'This answer does not fit the interaction.');
}
