import { EventEmitter } from 'node:events';
import { InteractionType } from 'discord-api-types/v10';
import { intents } from '../state/dispatch.js';
import type { Component } from '../state/components.js';
import type { ChannelRecord, MessageRecord } from '../state/model.js';
import type { InteractionOrigin } from '../state/webhook-records.js';
import type { World } from '../state/world.js';
import { ownersIn } from './installations.js';
import { renderInteraction } from './payload.js';
import { ShownModals } from './shown-modals.js';

export interface InteractionTimings {
  /** Time for the first answer, in milliseconds. @see https://docs.discord.com/developers/interactions/receiving-and-responding */
  firstAnswerMs: number;
  /** Life of the token for follow-ups, in milliseconds. */
  tokenMs: number;
}

/** What tokens of interactions are told by, also when nothing else is known of them any more. */
const TOKEN_PREFIX = 'interaction:';

export const discordTimings: InteractionTimings = { firstAnswerMs: 3_000, tokenMs: 900_000 };

/** Every type of interaction that people start here. PING is for applications that are called over HTTP. */
export const STARTED_TYPES = [
  InteractionType.ApplicationCommand,
  InteractionType.MessageComponent,
  InteractionType.ApplicationCommandAutocomplete,
  InteractionType.ModalSubmit,
] as const;

interface InteractionRequest {
  type: (typeof STARTED_TYPES)[number];
  applicationId: string;
  userId: string;
  channel: ChannelRecord;
  data: Record<string, unknown>;
  /** The command's name, shown above the answer. */
  name: string | null;
  /** The message whose component was used. */
  source?: MessageRecord | undefined;
  renderedSource?: Record<string, unknown> | undefined;
  /** The installations that allow it; those of the application in the channel, if absent. */
  owners?: Record<string, string> | undefined;
  /** What a context menu was opened on. */
  target?: { userId?: string; messageId?: string } | undefined;
  /** For a modal: what opened it. */
  trigger?: InteractionOrigin | undefined;
}

export interface Modal {
  custom_id: string;
  title: string;
  components: Component[];
  [field: string]: unknown;
}

/** What became of an interaction, as the person sees it. */
export interface InteractionOutcome {
  interactionId: string;
  status: 'answered' | 'failed';
  messages: MessageRecord[];
  modal?: Modal;
  choices?: { name: string; value: string | number }[];
}

export interface Interaction extends Omit<InteractionRequest, 'renderedSource' | 'owners'> {
  owners: Record<string, string>;
  id: string;
  token: string;
  createdAtMs: number;
  isAcknowledged: boolean;
  hasExpired: boolean;
  /** The answer that `@original` means: it may be the message whose button was pressed. */
  originalId: string | null;
  /** Answers in order; ephemeral ones exist only here. */
  messages: MessageRecord[];
  followUpCount: number;
}

interface InteractionEvents {
  /** An answer that only the person who asked may see, written or changed. */
  ephemeral: [{ interaction: Interaction; message: MessageRecord; isRemoved: boolean }];
  settled: [InteractionOutcome];
}

/** Interactions from the moment a person starts one until its token dies. */
export class Interactions extends EventEmitter<InteractionEvents> {
  /** Modals that people have before them. */
  readonly modals = new ShownModals();
  private readonly byToken = new Map<string, Interaction>();

  constructor(
    private readonly world: World,
    private readonly timings: InteractionTimings,
  ) {
    super();
    this.setMaxListeners(0);
  }

  /** Sends the interaction to the application and resolves when it is answered, shows a modal, or fails. */
  start(request: InteractionRequest): Promise<InteractionOutcome> {
    const { renderedSource, ...rest } = request;
    const id = this.world.snowflakes.next();
    const interaction: Interaction = {
      ...rest,
      owners: rest.owners ?? ownersIn(this.world, rest.channel, rest),
      id,
      token: Buffer.from(`${TOKEN_PREFIX}${id}:${this.world.randomness.token(48)}`).toString('base64url'),
      createdAtMs: this.world.clock.now(),
      isAcknowledged: false,
      hasExpired: false,
      originalId: null,
      messages: [],
      followUpCount: 0,
    };
    this.byToken.set(interaction.token, interaction);
    this.world.clock.after(this.timings.firstAnswerMs, () => this.failUnanswered(interaction));
    this.world.clock.after(this.timings.tokenMs, () => this.end(interaction));
    const settled = this.outcomeOf(interaction.id);
    this.world.publish({
      name: 'INTERACTION_CREATE',
      data: renderInteraction(this.world, interaction, renderedSource),
      guildId: request.channel.guildId,
      intents: intents.none,
      userIds: [request.applicationId],
    });
    return settled;
  }

  private outcomeOf(interactionId: string): Promise<InteractionOutcome> {
    return new Promise((resolve) => {
      const listen = (outcome: InteractionOutcome) => {
        if (outcome.interactionId !== interactionId) return;
        this.off('settled', listen);
        resolve(outcome);
      };
      this.on('settled', listen);
    });
  }

  settle(interaction: Interaction, outcome: Omit<InteractionOutcome, 'interactionId' | 'messages'>): void {
    this.emit('settled', { interactionId: interaction.id, messages: interaction.messages, ...outcome });
  }

  private failUnanswered(interaction: Interaction): void {
    if (interaction.isAcknowledged) return;
    interaction.hasExpired = true;
    this.settle(interaction, { status: 'failed' });
  }

  private end(interaction: Interaction): void {
    this.byToken.delete(interaction.token);
    // A deferred answer that never came.
    this.settle(interaction, { status: 'failed' });
  }

  /** Fails what is under way and forgets all tokens. */
  close(): void {
    for (const interaction of this.byToken.values()) this.settle(interaction, { status: 'failed' });
    this.byToken.clear();
    this.modals.clear();
  }

  /** Whether a token was good once: its fifteen minutes are over. */
  hasEnded(token: string): boolean {
    return !this.byToken.has(token) && Buffer.from(token, 'base64url').toString().startsWith(TOKEN_PREFIX);
  }

  /** An interaction that can be acknowledged: known, and within three seconds. */
  findOpen(id: string, token: string): Interaction | undefined {
    const interaction = this.byToken.get(token);
    return interaction?.id === id && !interaction.hasExpired ? interaction : undefined;
  }

  /** An interaction whose token is good for follow-ups: acknowledged, and within fifteen minutes. */
  findAcknowledged(applicationId: string, token: string): Interaction | undefined {
    const interaction = this.byToken.get(token);
    return interaction?.applicationId === applicationId && interaction.isAcknowledged ? interaction : undefined;
  }

  /** An answer that only `userId` can see; it lives as long as its interaction. */
  findEphemeral(messageId: string, userId: string): MessageRecord | undefined {
    for (const { userId: owner, messages } of this.byToken.values()) {
      const message = owner === userId ? messages.find((it) => it.id === messageId) : undefined;
      if (message) return message;
    }
    return undefined;
  }
}
