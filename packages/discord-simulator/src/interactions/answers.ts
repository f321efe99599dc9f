import { InteractionType, MessageFlags, MessageType } from 'discord-api-types/v10';
import {
  applyChanges,
  buildMessage,
  createMessage,
  deleteMessages,
  editMessage,
  fillDeferredMessage,
} from '../actions/messages.js';
import type { MessageChanges } from '../actions/messages.js';
import type { MessageRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import type { Interaction, Interactions } from './interactions.js';

/** Writes, edits and deletes the answers of interactions. */
export class InteractionAnswers {
  constructor(
    private readonly world: World,
    private readonly interactions: Interactions,
  ) {}

  /** A new answer: the first reply or a follow-up. */
  add(interaction: Interaction, changes: MessageChanges): MessageRecord {
    const isDeferred = ((changes.flags ?? 0) & MessageFlags.Loading) !== 0;
    const draft = {
      ...changes,
      authorId: interaction.applicationId,
      applicationId: interaction.applicationId,
      type: interaction.name && interaction.messages.length === 0 ? MessageType.ChatInputCommand : MessageType.Default,
      interaction: {
        id: interaction.id,
        type: interaction.type,
        userId: interaction.userId,
        name: interaction.type === InteractionType.ApplicationCommand ? interaction.name : null,
      },
    };
    const isEphemeral = ((changes.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
    const message = isEphemeral
      ? buildMessage(this.world, interaction.channel, draft)
      : createMessage(this.world, interaction.channel, draft);
    interaction.messages.push(message);
    interaction.originalId ??= message.id;
    if (isEphemeral) this.interactions.emit('ephemeral', { interaction, message, isRemoved: false });
    if (!isDeferred) this.interactions.settle(interaction, { status: 'answered' });
    return message;
  }

  edit(interaction: Interaction, message: MessageRecord, changes: MessageChanges): void {
    // Whether an answer is ephemeral was decided when it was first shown.
    const flags = message.flags & ~MessageFlags.Loading;
    if (isEphemeral(message)) {
      applyChanges(this.world, message, { ...changes, flags });
      this.interactions.emit('ephemeral', { interaction, message, isRemoved: false });
    } else if (message.flags & MessageFlags.Loading) fillDeferredMessage(this.world, message, { ...changes, flags });
    else editMessage(this.world, message, { ...changes, flags });
    if (!interaction.messages.includes(message)) interaction.messages.push(message);
    this.interactions.settle(interaction, { status: 'answered' });
  }

  remove(interaction: Interaction, message: MessageRecord): void {
    interaction.messages = interaction.messages.filter((it) => it !== message);
    if (isEphemeral(message)) this.interactions.emit('ephemeral', { interaction, message, isRemoved: true });
    else deleteMessages(this.world, interaction.channel, [message.id]);
  }

  /** The message an id or `@original` stands for. */
  find(interaction: Interaction, id: string): MessageRecord | undefined {
    const wanted = id === '@original' ? interaction.originalId : id;
    if (wanted === null) return undefined;
    const own = interaction.messages.find((message) => message.id === wanted);
    return own ?? (interaction.source?.id === wanted ? interaction.source : undefined);
  }
}

function isEphemeral(message: MessageRecord): boolean {
  return (message.flags & MessageFlags.Ephemeral) !== 0;
}
