import {
  ApplicationCommandOptionType as OptionType,
  InteractionResponseType as Answer,
  InteractionType,
  MessageFlags,
} from 'discord-api-types/v10';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { MessageChanges } from '../actions/messages.js';
import type { SimulatorContext } from '../context.js';
import { InteractionAnswers } from '../interactions/answers.js';
import { focusedOption } from '../interactions/command-options.js';
import type { Interaction } from '../interactions/interactions.js';
import type { MessageRecord } from '../state/model.js';
import { renderMessage } from '../views/messages.js';
import { DiscordError, formError, invalidForm, parseForm, refused, unknown } from './errors.js';
import { ANSWER_FLAGS } from './follow-ups.js';
import { interactionCallbackBody } from './interaction-schemas.js';
import { changesFrom, draftFrom, requireSubstance } from './message-form.js';
import { receiveAttachments } from './uploads.js';

type Callback = z.infer<typeof interactionCallbackBody>;
type CallbackOf<Type extends Callback['type']> = Extract<Callback, { type: Type }>;

/** Answers that leave a message behind. */
const WITH_MESSAGE: readonly Answer[] = [
  Answer.ChannelMessageWithSource,
  Answer.DeferredChannelMessageWithSource,
  Answer.UpdateMessage,
];
/** Those Discord has and nothing here can follow: purchases and activities. */
const UNSERVED: readonly unknown[] = [Answer.PremiumRequired, Answer.LaunchActivity];

/** @see https://docs.discord.com/developers/interactions/receiving-and-responding */
export function interactionRoutes(app: FastifyInstance, context: SimulatorContext): void {
  const { interactions } = context;

  app.post('/interactions/:interactionId/:token/callback', (request, reply) => {
    const { interactionId, token } = request.params as { interactionId: string; token: string };
    const interaction = interactions.findOpen(interactionId, token);
    if (!interaction) throw unknown.interaction();
    if (interaction.isAcknowledged) throw refused.alreadyAcknowledged();
    const { type: wanted } = (request.body ?? {}) as { type?: unknown };
    if (UNSERVED.includes(wanted))
      throw new DiscordError(501, 0, `501: Not served by the simulator: answer ${String(wanted)}`);
    const callback = parseForm(interactionCallbackBody, request.body);
    requireFittingAnswer(interaction, callback);
    const message = new Acknowledgement(context, request, interaction).by(callback);
    if ((request.query as { with_response?: string }).with_response !== 'true') return reply.code(204).send();
    return reply.send(renderCallback(context, { interaction, callback, message }));
  });
}

interface Acknowledged {
  interaction: Interaction;
  callback: Callback;
  message: MessageRecord | undefined;
}

function renderCallback({ world }: SimulatorContext, { interaction, callback, message }: Acknowledged): object {
  const { id, type, channel } = interaction;
  const shown = message && WITH_MESSAGE.includes(callback.type) ? message : undefined;
  const hasFlag = (flag: MessageFlags) => ((message?.flags ?? 0) & flag) !== 0;
  return {
    interaction: {
      id,
      type,
      channel_id: channel.id,
      ...(channel.guildId ? { guild_id: channel.guildId } : {}),
      ...(message
        ? { response_message_id: message.id, response_message_ephemeral: hasFlag(MessageFlags.Ephemeral) }
        : {}),
      response_message_loading: hasFlag(MessageFlags.Loading),
    },
    ...(shown
      ? {
          resource: { type: callback.type, message: renderMessage(world, shown, { viewerId: shown.authorId }) },
        }
      : {}),
  };
}

/** The first answer of an application. Nothing is acknowledged before everything was checked. */
class Acknowledgement {
  private readonly answers: InteractionAnswers;

  constructor(
    private readonly context: SimulatorContext,
    private readonly request: FastifyRequest,
    private readonly interaction: Interaction,
  ) {
    this.answers = new InteractionAnswers(context.world, context.interactions);
  }

  by(callback: Callback): MessageRecord | undefined {
    const { interaction } = this;
    switch (callback.type) {
      case Answer.ChannelMessageWithSource:
        return this.reply(callback);
      case Answer.UpdateMessage:
        return this.update(callback);
      case Answer.DeferredChannelMessageWithSource:
        interaction.isAcknowledged = true;
        return this.answers.add(interaction, {
          flags: ((callback.data?.flags ?? 0) & MessageFlags.Ephemeral) | MessageFlags.Loading,
        });
      case Answer.DeferredMessageUpdate:
        interaction.originalId = interaction.source?.id ?? null;
        this.settle({});
        return interaction.source;
      case Answer.ApplicationCommandAutocompleteResult:
        this.settle({ choices: callback.data.choices ?? [] });
        return undefined;
      case Answer.Modal:
        interaction.isAcknowledged = true;
        this.answers.showModal(interaction, callback.data);
        return undefined;
      default:
        // A pong acknowledges and says nothing.
        interaction.isAcknowledged = true;
        return undefined;
    }
  }

  private settle(outcome: { choices?: { name: string; value: string | number }[] }): void {
    this.interaction.isAcknowledged = true;
    this.context.interactions.settle(this.interaction, { status: 'answered', ...outcome });
  }

  private reply({ data }: CallbackOf<4>): MessageRecord {
    const { interaction, request } = this;
    requireSubstance(data, request.uploads);
    const draft = inData(() => draftFrom(this.context.world, interaction.channel, data));
    const attachments = this.attachments({ declared: data.attachments });
    interaction.isAcknowledged = true;
    return this.answers.add(interaction, { ...draft, flags: (draft.flags ?? 0) & ANSWER_FLAGS, attachments });
  }

  private update({ data }: CallbackOf<7>): MessageRecord {
    const { interaction, request } = this;
    const { source } = interaction;
    if (!source) throw unknown.message();
    const changes: MessageChanges = inData(() => changesFrom(data ?? {}, source));
    const isReplaced = data?.attachments !== undefined || request.uploads.length > 0;
    const files = { declared: data?.attachments, present: source.attachments };
    const attachments = isReplaced ? this.attachments(files) : undefined;
    interaction.isAcknowledged = true;
    interaction.originalId = source.id;
    this.answers.edit(interaction, source, { ...changes, attachments });
    return source;
  }

  private attachments(files: Omit<Parameters<typeof receiveAttachments>[2], 'uploads'>) {
    const { context, interaction, request } = this;
    return inData(() => receiveAttachments(context.world, interaction.channel, { ...files, uploads: request.uploads }));
  }
}

/** Faults of the message are faults of `data`, in which it was sent. */
function inData<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof DiscordError) || !error.errors) throw error;
    throw new DiscordError(error.status, error.code, error.message, { data: error.errors });
  }
}

/** Autocomplete takes choices only; updates need a message to update; a modal cannot follow a modal. */
function requireFittingAnswer(interaction: Interaction, callback: Callback): void {
  const { type, source } = interaction;
  const isAutocomplete = type === InteractionType.ApplicationCommandAutocomplete;
  const isUpdate = callback.type === Answer.UpdateMessage || callback.type === Answer.DeferredMessageUpdate;
  const fits =
    isAutocomplete === (callback.type === Answer.ApplicationCommandAutocompleteResult) &&
    (!isUpdate || source !== undefined) &&
    !(callback.type === Answer.Modal && type === InteractionType.ModalSubmit);
  if (!fits) throw formError(['type'], 'BASE_TYPE_BAD_VALUE', 'This answer does not fit the interaction.');
  if (callback.type === Answer.ApplicationCommandAutocompleteResult) requireFittingChoices(interaction, callback);
}

/** Suggestions have to be of the type of the option. */
function requireFittingChoices({ data }: Interaction, { data: { choices } }: CallbackOf<8>): void {
  const wanted = focusedOption(data)?.type === OptionType.String ? 'string' : 'number';
  const faults = (choices ?? []).flatMap(({ value }, index) =>
    typeof value === wanted
      ? []
      : [
          {
            path: ['data', 'choices', index, 'value'],
            code: 'BASE_TYPE_BAD_TYPE',
            message: `Could not interpret value as ${wanted}.`,
          },
        ],
  );
  if (faults.length > 0) throw invalidForm(faults);
}
