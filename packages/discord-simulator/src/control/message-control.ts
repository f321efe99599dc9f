import { type FileDraft, storeFile } from '../actions/attachments.js';
import * as messages from '../actions/messages.js';
import * as pins from '../actions/pins.js';
import { hasPoll, openPoll, type PollDraft, vote } from '../actions/polls.js';
import { addReaction } from '../actions/reactions.js';
import { say } from '../actions/speech.js';
import { ImpossibleAction } from '../interactions/person.js';
import type { MessageRecord } from '../state/model.js';
import { CommunityControl } from './community-control.js';
import { found } from './lookups.js';

/** What a person sends beside words. */
export interface SendOptions extends messages.SendOptions {
  files?: readonly FileDraft[] | undefined;
  poll?: PollDraft | undefined;
}

/** What people do with messages. */
export class MessageControl extends CommunityControl {
  /** Writes as a person. @throws MessageBlocked when a rule of AutoMod stops it */
  sendMessage(userId: string, channelId: string, content: string, options: SendOptions = {}): MessageRecord {
    const { files = [], poll, ...rest } = options;
    const channel = this.channel(channelId);
    return say(this.world, channel, {
      authorId: this.user(userId).id,
      content,
      ...rest,
      attachments: files.map((file) => storeFile(this.world, channel, file)),
      ...(poll ? { poll: openPoll(this.world, poll) } : {}),
    });
  }

  editMessage(channelId: string, messageId: string, content: string): MessageRecord {
    const message = this.message(channelId, messageId);
    messages.editMessage(this.world, message, { content });
    return message;
  }

  deleteMessage(channelId: string, ...messageIds: string[]): string[] {
    return messages.deleteMessages(this.world, this.channel(channelId), messageIds);
  }

  react(userId: string, channelId: string, messageId: string, emoji: string): void {
    const reaction = { id: null, name: emoji };
    addReaction(this.world, this.message(channelId, messageId), this.user(userId).id, reaction);
  }

  pinMessage(userId: string, channelId: string, messageId: string): void {
    const message = this.message(channelId, messageId);
    pins.pinMessage(this.world, this.channel(channelId), message, { userId: this.user(userId).id });
  }

  unpinMessage(userId: string, channelId: string, messageId: string): void {
    const message = this.message(channelId, messageId);
    pins.unpinMessage(this.world, this.channel(channelId), message, { userId: this.user(userId).id });
  }

  /**
   * A person votes for these answers of a poll and no others, numbered from 1; for none, they take their vote back.
   * @throws ImpossibleAction for bots, which have no vote, and for a poll that has ended
   */
  votePoll(userId: string, channelId: string, messageId: string, answerIds: readonly number[]): void {
    const message = this.message(channelId, messageId);
    if (!hasPoll(message)) throw new ImpossibleAction('No such poll');
    if (message.poll.isFinalized) throw new ImpossibleAction('This poll has ended');
    const voter = this.user(userId);
    if (voter.isBot) throw new ImpossibleAction('Bots do not vote');
    for (const id of answerIds) found(message.poll.answers[id - 1], 'answer');
    if (answerIds.length > 1 && !message.poll.allowsMultiselect) throw new ImpossibleAction('One answer only');
    vote(this.world, message, voter.id, answerIds);
  }
}
