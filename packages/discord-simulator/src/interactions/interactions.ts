import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { InteractionType } from 'discord-api-types/v10';
import { intents } from '../state/dispatch.js';
import type { ChannelRecord, MessageRecord } from '../state/model.js';
import { channelPermissions } from '../state/permissions.js';
import type { World } from '../state/world.js';
import { renderChannel } from '../views/guilds.js';
import { renderMember, renderUser, userOf } from '../views/users.js';

export interface InteractionTimings {
  /** Time for the first answer, in milliseconds. @see https://docs.discord.com/developers/interactions/receiving-and-responding */
  firstAnswerMs: number;
  /** Life of the token for follow-ups, in milliseconds. */
  tokenMs: number;
}

export const discordTimings: InteractionTimings = { firstAnswerMs: 3_000, tokenMs: 900_000 };

export interface InteractionRequest {
  type: InteractionType;
  applicationId: string;
  userId: string;
  channel: ChannelRecord;
  data: Record<string, unknown>;
  /** The command's name, shown above the answer. */
  name: string | null;
  /** The message whose component was used. */
  source?: MessageRecord | undefined;
  renderedSource?: Record<string, unknown> | undefined;
}

export interface Modal {
  custom_id: string;
  title: string;
  components?: unknown;
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

export interface Interaction extends Omit<InteractionRequest, 'renderedSource'> {
  id: string;
  token: string;
  createdAtMs: number;
  isAcknowledged: boolean;
  hasExpired: boolean;
  /** The answer that `@original` means: it may be the message whose button was pressed. */
  originalId: string | null;
  /** Answers in order; ephemeral ones exist only here. */
  messages: MessageRecord[];
}

interface InteractionEvents {
  /** An answer that only the person who asked may see, written or changed. */
  ephemeral: [{ interaction: Interaction; message: MessageRecord; isRemoved: boolean }];
  settled: [InteractionOutcome];
}

/** Interactions from the moment a person starts one until its token dies. */
export class Interactions extends EventEmitter<InteractionEvents> {
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
    const interaction: Interaction = {
      ...rest,
      id: this.world.snowflakes.next(),
      token: randomBytes(48).toString('base64url'),
      createdAtMs: this.world.clock.now(),
      isAcknowledged: false,
      hasExpired: false,
      originalId: null,
      messages: [],
    };
    this.byToken.set(interaction.token, interaction);
    this.world.clock.after(this.timings.firstAnswerMs, () => this.failUnanswered(interaction));
    this.world.clock.after(this.timings.tokenMs, () => this.end(interaction));
    const settled = this.outcomeOf(interaction.id);
    this.world.publish({
      name: 'INTERACTION_CREATE',
      data: this.render(interaction, renderedSource),
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

  close(): void {
    for (const interaction of this.byToken.values()) this.settle(interaction, { status: 'failed' });
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

  private render(interaction: Interaction, renderedSource: Record<string, unknown> | undefined): object {
    const { channel, userId, applicationId } = interaction;
    const user = userOf(this.world, userId);
    const guild = channel.guildId ? this.world.guilds.get(channel.guildId) : undefined;
    const member = guild?.members.get(userId);
    const permissions = channelPermissions(this.world, channel, userId).toString();
    return {
      id: interaction.id,
      application_id: applicationId,
      type: interaction.type,
      token: interaction.token,
      version: 1,
      data: interaction.data,
      channel_id: channel.id,
      channel: { ...renderChannel(this.world, channel), permissions },
      locale: user.locale,
      app_permissions: channelPermissions(this.world, channel, applicationId).toString(),
      attachment_size_limit: 10_485_760,
      entitlements: [],
      authorizing_integration_owners: guild ? { 0: guild.id } : { 0: '0' },
      context: guild ? 0 : 1,
      ...(guild ? { guild_id: guild.id, guild_locale: guild.preferredLocale } : {}),
      ...(guild ? { guild: { id: guild.id, locale: guild.preferredLocale, features: [] } } : {}),
      ...(member ? { member: { ...renderMember(this.world, member), permissions } } : { user: renderUser(user) }),
      ...(renderedSource ? { message: renderedSource } : {}),
    };
  }
}
