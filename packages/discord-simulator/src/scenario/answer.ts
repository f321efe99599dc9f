import { MessageFlags } from 'discord-api-types/v10';
import type { InteractionOutcome } from '../interactions/interactions.js';
import type { ChannelRecord, MessageRecord } from '../state/model.js';
import type { Patience, Stage } from './stage.js';
import { describePattern, fits, type Pattern, textOf } from './text.js';

/** What a person sees of an application's answer to a command, a component or a modal. It grows with follow-ups and edits. */
export class Answer {
  constructor(
    private readonly stage: Stage,
    readonly channel: ChannelRecord,
    private readonly outcome: InteractionOutcome,
  ) {}

  /** Every message of the answer, in order: ephemeral ones, too, and the message that a component changed. */
  get messages(): readonly MessageRecord[] {
    return this.outcome.messages;
  }

  /** The first message. @throws ExpectationFailed when the answer has none */
  get message(): MessageRecord {
    return this.messages[0] ?? this.stage.fail('The answer has no message', this.channel.id);
  }

  get id(): string {
    return this.message.id;
  }

  get channelId(): string {
    return this.channel.id;
  }

  /** Everything there is to read in the answer. */
  get text(): string {
    return this.messages.map(textOf).join('\n');
  }

  /** The form that it opened, as Discord sends it to its own client. */
  get modal(): InteractionOutcome['modal'] {
    return this.outcome.modal;
  }

  /** What autocomplete suggests. */
  get choices(): readonly { name: string; value: string | number }[] {
    return this.outcome.choices ?? [];
  }

  /** One of its messages reads like this, now or soon. */
  async says(pattern: Pattern, patience: Patience = {}): Promise<this> {
    const isSo = () => this.messages.some((message) => fits(pattern, message));
    return this.meets(`The answer says ${describePattern(pattern)}`, isSo, patience);
  }

  /** Only the person who asked can see it. */
  async isEphemeral(patience: Patience = {}): Promise<this> {
    const isSo = () => this.messages.length > 0 && this.messages.every(isEphemeral);
    return this.meets('The answer is ephemeral', isSo, patience);
  }

  /** Everybody in the channel can see it. */
  async isPublic(patience: Patience = {}): Promise<this> {
    const isSo = () => this.messages.length > 0 && !this.messages.some(isEphemeral);
    return this.meets('The answer is public', isSo, patience);
  }

  private async meets(what: string, isSo: () => boolean, patience: Patience): Promise<this> {
    await this.stage.until(what, isSo, { ...patience, channelId: this.channel.id });
    return this;
  }
}

function isEphemeral({ flags }: MessageRecord): boolean {
  return (flags & MessageFlags.Ephemeral) !== 0;
}
