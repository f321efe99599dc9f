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
import { numberComponents } from '../state/components.js';
import type { MessageRecord } from '../state/model.js';
import type { InteractionOrigin } from '../state/webhook-records.js';
import type { World } from '../state/world.js';
import type { Interaction, Interactions, Modal } from './interactions.js';

/** What an edit of an answer may set; whether it is ephemeral was decided when it was first shown. */
const EDITABLE_FLAGS = MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2;

/** Writes, edits and deletes the answers of interactions. */
export class InteractionAnswers {
  constructor(
    private readonly world: World,
    private readonly interactions: Interactions,
  ) {}

  /** A new answer: the first reply or a follow-up. */
  add(interaction: Interaction, changes: MessageChanges): MessageRecord {
    const flags = changes.flags ?? 0;
    const draft = {
      ...changes,
      authorId: interaction.applicationId,
      applicationId: interaction.applicationId,
      type: typeOf(interaction),
      interaction: this.originOf(interaction),
    };
    const isHidden = (flags & MessageFlags.Ephemeral) !== 0;
    const message = isHidden
      ? buildMessage(this.world, interaction.channel, draft)
      : createMessage(this.world, interaction.channel, draft);
    interaction.messages.push(message);
    interaction.originalId ??= message.id;
    if (isHidden) this.interactions.emit('ephemeral', { interaction, message, isRemoved: false });
    if (!(flags & MessageFlags.Loading)) this.interactions.settle(interaction, { status: 'answered' });
    return message;
  }

  edit(interaction: Interaction, message: MessageRecord, changes: MessageChanges): void {
    const flags = (message.flags & ~MessageFlags.Loading) | ((changes.flags ?? 0) & EDITABLE_FLAGS);
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

  /** Puts a modal before the person. */
  showModal(interaction: Interaction, asked: Modal): void {
    const modal = { ...asked, components: numberComponents(asked.components) };
    const { applicationId, userId, channel, owners } = interaction;
    this.interactions.modals.show({
      modal,
      applicationId,
      userId,
      channelId: channel.id,
      trigger: this.originOf(interaction),
      sourceMessageId: interaction.source?.id,
      owners,
    });
    this.interactions.settle(interaction, { status: 'answered', modal });
  }

  private originOf({ id, type, userId, name, owners, target, source, trigger, originalId }: Interaction) {
    const origin: InteractionOrigin = {
      id,
      type,
      userId,
      name: type === InteractionType.ApplicationCommand ? name : null,
      owners,
      ...(target?.userId ? { targetUserId: target.userId } : {}),
      ...(target?.messageId ? { targetMessageId: target.messageId } : {}),
      ...(source && type === InteractionType.MessageComponent ? { sourceMessageId: source.id } : {}),
      ...(trigger ? { trigger } : {}),
      ...(originalId ? { originalMessageId: originalId } : {}),
    };
    return origin;
  }
}

/** The first answer to a command shows the command; all others are ordinary. */
function typeOf({ type, target, messages }: Interaction): MessageType {
  if (type !== InteractionType.ApplicationCommand || messages.length > 0) return MessageType.Default;
  return target ? MessageType.ContextMenuCommand : MessageType.ChatInputCommand;
}

function isEphemeral(message: MessageRecord): boolean {
  return (message.flags & MessageFlags.Ephemeral) !== 0;
}
