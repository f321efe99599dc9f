import { type DispatchName, intents } from '../state/dispatch.js';
import type { MessageRecord, ReactionRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import { renderPartialMember, renderUser, userOf } from '../views/users.js';

type Emoji = ReactionRecord['emoji'];

/** Adds a reaction; adding it twice changes nothing. */
export function addReaction(world: World, message: MessageRecord, userId: string, emoji: Emoji): void {
  let reaction = findReaction(message, emoji);
  if (!reaction) message.reactions.push((reaction = { emoji, userIds: [] }));
  if (reaction.userIds.includes(userId)) return;
  reaction.userIds.push(userId);
  publishReaction(world, 'MESSAGE_REACTION_ADD', { message, userId, emoji });
}

export function removeReaction(world: World, message: MessageRecord, userId: string, emoji: Emoji): void {
  const reaction = findReaction(message, emoji);
  if (!reaction?.userIds.includes(userId)) return;
  reaction.userIds = reaction.userIds.filter((id) => id !== userId);
  message.reactions = message.reactions.filter((it) => it.userIds.length > 0);
  publishReaction(world, 'MESSAGE_REACTION_REMOVE', { message, userId, emoji });
}

/** Takes all reactions off a message. */
export function removeAllReactions(world: World, message: MessageRecord): void {
  if (message.reactions.length === 0) return;
  message.reactions = [];
  publishRemoval(world, 'MESSAGE_REACTION_REMOVE_ALL', message, {});
}

/** Takes everybody's reaction with one emoji off a message. */
export function removeEmojiReactions(world: World, message: MessageRecord, reaction: ReactionRecord): void {
  message.reactions = message.reactions.filter((it) => it !== reaction);
  publishRemoval(world, 'MESSAGE_REACTION_REMOVE_EMOJI', message, { emoji: reaction.emoji });
}

export function findReaction(message: MessageRecord, emoji: Emoji): ReactionRecord | undefined {
  return message.reactions.find(
    (it) => it.emoji.id === emoji.id && (emoji.id !== null || it.emoji.name === emoji.name),
  );
}

interface ReactionChange {
  message: MessageRecord;
  userId: string;
  emoji: Emoji;
}

function publishReaction(
  world: World,
  name: 'MESSAGE_REACTION_ADD' | 'MESSAGE_REACTION_REMOVE',
  { message, userId, emoji }: ReactionChange,
): void {
  world.emit('messageStored', message);
  const member = message.guildId && name.endsWith('ADD') ? world.member(message.guildId, userId) : undefined;
  publish(world, name, message, {
    user_id: userId,
    ...(member ? { member: { ...renderPartialMember(member), user: renderUser(userOf(world, userId)) } } : {}),
    emoji,
    type: 0,
    burst: false,
    ...(name.endsWith('ADD') ? { message_author_id: message.authorId } : {}),
  });
}

function publishRemoval(
  world: World,
  name: 'MESSAGE_REACTION_REMOVE_ALL' | 'MESSAGE_REACTION_REMOVE_EMOJI',
  message: MessageRecord,
  data: object,
): void {
  world.emit('messageStored', message);
  publish(world, name, message, data);
}

function publish(world: World, name: DispatchName, message: MessageRecord, data: object): void {
  world.publish({
    name,
    data: {
      channel_id: message.channelId,
      message_id: message.id,
      ...(message.guildId ? { guild_id: message.guildId } : {}),
      ...data,
    },
    guildId: message.guildId,
    channelId: message.channelId,
    intents: intents.reactions(message.guildId),
  });
}
