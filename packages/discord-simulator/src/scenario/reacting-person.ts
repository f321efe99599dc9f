import { addReaction, findReaction, removeReaction } from '../actions/reactions.js';
import { openPoll } from '../actions/polls.js';
import { say } from '../actions/speech.js';
import { parseEmoji, requireReactable } from '../rest/reactions.js';
import type { MessageRecord } from '../state/model.js';
import type { MessageRef, Named } from './names.js';
import { WritingPerson } from './writing-person.js';

export interface PollOptions {
  in?: Named | undefined;
  /** How long it is open; 24 when absent. */
  hours?: number | undefined;
  /** Whether more than one answer can be chosen. */
  allowsSeveral?: boolean | undefined;
}

/** What a person does with messages that are there: reactions, pins and polls. */
export class ReactingPerson extends WritingPerson {
  async reacts(emoji: string, ref: MessageRef): Promise<void> {
    const doing = `react ${emoji}`;
    const { channel, message } = this.messageFor(ref, doing);
    this.require(channel, 'ReadMessageHistory', doing);
    this.requireOpen(channel, doing);
    this.stage.act(() =>
      this.explaining(doing, () => {
        const parsed = parseEmoji(this.world, emoji);
        // A reaction that is there may be joined by everybody.
        if (!findReaction(message, parsed)) this.require(channel, 'AddReactions', doing);
        requireReactable(message, parsed);
        addReaction(this.world, message, this.id, parsed);
      }),
    );
  }

  async takesBack(emoji: string, ref: MessageRef): Promise<void> {
    const doing = `take ${emoji} back`;
    const { message } = this.messageFor(ref, doing);
    const parsed = this.explaining(doing, () => parseEmoji(this.world, emoji));
    if (!findReaction(message, parsed)?.userIds.includes(this.id)) throw this.impossible(doing, 'it is not there');
    this.stage.act(() => removeReaction(this.world, message, this.id, parsed));
  }

  async pins(ref: MessageRef): Promise<void> {
    const { channel, message } = this.messageFor(ref, 'pin a message');
    if (channel.guildId) this.require(channel, 'PinMessages', 'pin a message');
    this.stage.act(() => this.stage.control.pinMessage(this.id, channel.id, message.id));
  }

  async unpins(ref: MessageRef): Promise<void> {
    const { channel, message } = this.messageFor(ref, 'unpin a message');
    if (channel.guildId) this.require(channel, 'PinMessages', 'unpin a message');
    this.stage.act(() => this.stage.control.unpinMessage(this.id, channel.id, message.id));
  }

  /** Writes a poll. */
  async asks(question: string, answers: readonly string[], options: PollOptions = {}): Promise<MessageRecord> {
    const { in: place, hours = 24, allowsSeveral: allowsMultiselect = false } = options;
    const doing = `ask "${question}"`;
    const channel = this.channelFor(place, doing);
    this.requireSpeech(channel, doing, question);
    this.require(channel, 'SendPolls', doing);
    const draft = { question, answers: answers.map((text) => ({ text })), hours, allowsMultiselect };
    return this.stage.act(() =>
      this.explaining(doing, () =>
        say(this.world, channel, { authorId: this.id, content: '', poll: openPoll(this.world, draft) }),
      ),
    );
  }

  /** Votes in a poll for these answers and no others; for none, they take their vote back. */
  async votes(answers: string | readonly string[], ref: MessageRef): Promise<void> {
    const wanted = [answers].flat();
    const doing = `vote for ${wanted.join(', ') || 'nothing'}`;
    const { channel, message } = this.messageFor(ref, doing);
    this.require(channel, 'ReadMessageHistory', doing);
    const known = message.poll?.answers.map(({ text }) => text ?? '') ?? [];
    const stranger = wanted.find((answer) => !known.includes(answer));
    if (stranger !== undefined) throw this.impossible(doing, `there is ${known.join(', ') || 'no poll'}`);
    const ids = wanted.map((answer) => known.indexOf(answer) + 1);
    this.stage.act(() =>
      this.explaining(doing, () => this.stage.control.votePoll(this.id, channel.id, message.id, ids)),
    );
  }
}
