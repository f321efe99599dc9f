import { MessageType } from 'discord-api-types/v10';
import { intents } from '../state/dispatch.js';
import type { MessageRecord, PollRecord } from '../state/model.js';
import { allChannels } from '../state/snapshot.js';
import type { World } from '../state/world.js';
import { announceUpdate, createMessage } from './messages.js';

const HOUR_MS = 3_600_000;

export interface PollDraft {
  question: string;
  answers: Omit<PollRecord['answers'][number], 'voterIds'>[];
  /** How long it is open. */
  hours: number;
  allowsMultiselect: boolean;
}

/** A poll that opens now. @see https://docs.discord.com/developers/resources/poll */
export function openPoll(world: World, { hours, answers, ...draft }: PollDraft): PollRecord {
  return {
    ...draft,
    answers: answers.map((answer) => ({ ...answer, voterIds: [] })),
    expiresAt: new Date(world.clock.now() + hours * HOUR_MS).toISOString(),
    isFinalized: false,
  };
}

type PollMessage = MessageRecord & { poll: PollRecord };

export function hasPoll(message: MessageRecord): message is PollMessage {
  return message.poll !== undefined;
}

/** Sees to it that a poll ends when its time has come, also after a restart. */
export function armPoll(world: World, message: MessageRecord): void {
  const { channelId, id, poll } = message;
  if (!poll || poll.isFinalized) return;
  world.deadlines.set(`poll:${id}`, Date.parse(poll.expiresAt), () => {
    const open = world.history(channelId).get(id);
    if (open && hasPoll(open)) endPoll(world, open);
  });
}

/** Arms every poll that is still open. */
export function armPolls(world: World): void {
  for (const channel of allChannels(world))
    for (const message of world.history(channel.id).all()) armPoll(world, message);
}

/** A person votes for these answers and no others, numbered from 1; none at all takes the vote back. */
export function vote(world: World, message: PollMessage, userId: string, answerIds: readonly number[]): void {
  const chosen = message.poll.allowsMultiselect ? answerIds : answerIds.slice(0, 1);
  const changes = message.poll.answers.flatMap((answer, index) => {
    const [had, has] = [answer.voterIds.includes(userId), chosen.includes(index + 1)];
    return had === has ? [] : [{ answer, answerId: index + 1, isAdded: has }];
  });
  // The old vote goes before the new one comes.
  for (const { answer, answerId, isAdded } of changes.sort((a, b) => Number(a.isAdded) - Number(b.isAdded))) {
    answer.voterIds = isAdded ? [...answer.voterIds, userId] : answer.voterIds.filter((id) => id !== userId);
    publishVote(world, message, { userId, answerId, isAdded });
  }
  if (changes.length > 0) world.emit('messageStored', message);
}

function publishVote(
  world: World,
  message: PollMessage,
  { userId, answerId, isAdded }: { userId: string; answerId: number; isAdded: boolean },
): void {
  world.publish({
    name: isAdded ? 'MESSAGE_POLL_VOTE_ADD' : 'MESSAGE_POLL_VOTE_REMOVE',
    data: {
      user_id: userId,
      channel_id: message.channelId,
      message_id: message.id,
      ...(message.guildId ? { guild_id: message.guildId } : {}),
      answer_id: answerId,
    },
    guildId: message.guildId,
    channelId: message.channelId,
    intents: intents.polls(message.guildId),
  });
}

/** Counts the votes for good and tells the channel who won. */
export function endPoll(world: World, message: PollMessage): void {
  const channel = world.channel(message.channelId);
  if (!channel) return;
  world.deadlines.clear(`poll:${message.id}`);
  message.poll.isFinalized = true;
  if (Date.parse(message.poll.expiresAt) > world.clock.now()) message.poll.expiresAt = world.clock.iso();
  announceUpdate(world, message);
  createMessage(world, channel, {
    authorId: message.authorId,
    type: MessageType.PollResult,
    embeds: [resultEmbed(message.poll)],
    reference: { type: 0, channelId: channel.id, guildId: channel.guildId, messageId: message.id },
    mentionedId: message.authorId,
  });
}

/** @see https://docs.discord.com/developers/resources/message#embed-fields-by-embed-type-poll-result-embed-fields */
function resultEmbed({ question, answers }: PollRecord): Record<string, unknown> {
  const votes = answers.map(({ voterIds }) => voterIds.length);
  const most = Math.max(...votes);
  const first = votes.indexOf(most);
  // Nobody wins a draw, or a poll without votes.
  const victor = most > 0 && votes.lastIndexOf(most) === first ? answers[first] : undefined;
  const fields = {
    poll_question_text: question,
    victor_answer_votes: String(most),
    total_votes: String(votes.reduce((sum, count) => sum + count, 0)),
    ...(victor ? { victor_answer_id: String(first + 1) } : {}),
    ...(victor?.text ? { victor_answer_text: victor.text } : {}),
    ...(victor?.emoji?.id ? { victor_answer_emoji_id: victor.emoji.id } : {}),
    ...(victor?.emoji ? { victor_answer_emoji_name: victor.emoji.name } : {}),
  };
  return {
    type: 'poll_result',
    fields: Object.entries(fields).map(([name, value]) => ({ name, value, inline: false })),
  };
}
