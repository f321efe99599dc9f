import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ALL_MENTIONS } from '../actions/mentions.js';
import { deleteMessages, editMessage, type MessageDraft, startTyping } from '../actions/messages.js';
import { pinMessage, pinsOf, unpinMessage } from '../actions/pins.js';
import { hasPoll, vote } from '../actions/polls.js';
import { addReaction, findReaction, removeReaction } from '../actions/reactions.js';
import { say } from '../actions/speech.js';
import type { SimulatorContext } from '../context.js';
import { ImpossibleAction } from '../interactions/person.js';
import { refused } from '../rest/errors.js';
import { isSystemMessage } from '../rest/message-reference.js';
import { parseEmoji, requireReactable } from '../rest/reactions.js';
import { messageLimits } from '../rest/schemas.js';
import { attachmentsBody, receiveAttachments } from '../rest/uploads.js';
import { type ChannelRecord, type MessageRecord, snowflake } from '../state/model.js';
import type { World } from '../state/world.js';
import { inChannel, messageIn, place } from './place.js';
import { renderConversation } from './views.js';

/** Pins per channel. @see https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
const MAX_PINS = 250;

const content = z.string().trim().max(messageLimits.contentLength);
const onMessage = inChannel.extend({ messageId: snowflake });
const bodies = {
  message: inChannel.extend({
    content: content.default(''),
    replyToId: snowflake.optional(),
    /** Whether the author of the message that is replied to is notified. */
    mentionsAuthor: z.boolean().default(true),
    /** What is said about the files that come along. */
    attachments: attachmentsBody,
  }),
  edit: onMessage.extend({ content }),
  reaction: onMessage.extend({ emoji: z.string(), isOn: z.boolean() }),
  pin: onMessage.extend({ isPinned: z.boolean() }),
  vote: onMessage.extend({ answerIds: z.array(z.number().int().min(1)) }),
};

/** What a person does with messages. */
export function messageRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  app.post('/messages', (request) => ({ id: write(world, request).id }));

  app.post('/edits', (request) => {
    const { messageId, content: text } = bodies.edit.parse(request.body);
    const { person, channel } = place(world, request.body);
    const message = messageIn(world, channel, messageId);
    if (message.authorId !== person.id) throw refused.editOfForeignMessage();
    if (text === '' && message.attachments.length === 0) throw refused.emptyMessage();
    editMessage(world, message, { content: text });
    return {};
  });

  app.post('/deletions', (request) => {
    const { messageId } = onMessage.parse(request.body);
    const { person, channel } = place(world, request.body);
    if (messageIn(world, channel, messageId).authorId !== person.id)
      place(world, request.body, Permission.ManageMessages);
    deleteMessages(world, channel, [messageId]);
    return {};
  });

  app.post('/typing', (request) => {
    const { person, channel } = place(world, request.body, Permission.SendMessages);
    startTyping(world, channel, person.id);
    return {};
  });

  app.post('/reactions', (request) => {
    const { messageId, emoji: text, isOn } = bodies.reaction.parse(request.body);
    const { person, channel } = place(world, request.body);
    const message = messageIn(world, channel, messageId);
    const emoji = parseEmoji(world, text);
    if (isOn && !findReaction(message, emoji)) place(world, request.body, Permission.AddReactions);
    if (isOn) requireReactable(message, emoji);
    (isOn ? addReaction : removeReaction)(world, message, person.id, emoji);
    return {};
  });

  pinAndPollRoutes(app, world);
}

function pinAndPollRoutes(app: FastifyInstance, world: World): void {
  app.get('/pins', (request) => {
    const { person, channel } = place(world, request.query, Permission.ReadMessageHistory);
    // A conversation is turned round: what was pinned last comes first again.
    const messages = pinsOf(world, channel).reverse();
    return renderConversation(world, channel, { messages, viewerId: person.id });
  });

  app.post('/pins', (request) => {
    const { messageId, isPinned } = bodies.pin.parse(request.body);
    const { person, channel } = place(world, request.body);
    // In direct messages everybody pins.
    if (channel.guildId) place(world, request.body, Permission.PinMessages);
    const message = messageIn(world, channel, messageId);
    if (isPinned && isSystemMessage(message)) throw refused.systemMessage();
    if (isPinned && !message.isPinned && pinsOf(world, channel).length >= MAX_PINS) throw refused.tooManyPins();
    (isPinned ? pinMessage : unpinMessage)(world, channel, message, { userId: person.id });
    return {};
  });

  app.post('/votes', (request) => {
    const { messageId, answerIds } = bodies.vote.parse(request.body);
    const { person, channel } = place(world, request.body, Permission.ReadMessageHistory);
    const message = messageIn(world, channel, messageId);
    if (!hasPoll(message)) throw new ImpossibleAction('No such poll');
    if (message.poll.isFinalized) throw refused.pollExpired();
    if (answerIds.some((id) => !message.poll.answers[id - 1])) throw new ImpossibleAction('No such answer');
    vote(world, message, person.id, answerIds);
    return {};
  });
}

/** Writes a message with the files that came along. */
function write(world: World, request: FastifyRequest): MessageRecord {
  const { content: text, replyToId, mentionsAuthor, attachments: declared } = bodies.message.parse(request.body);
  const { person, channel } = place(world, request.body, Permission.SendMessages);
  const { uploads } = request;
  if (uploads.length > 0 && channel.guildId) place(world, request.body, Permission.AttachFiles);
  if (text === '' && uploads.length === 0) throw refused.emptyMessage();
  const attachments = receiveAttachments(world, channel, { uploads, declared });
  const allowedMentions = { ...ALL_MENTIONS, repliesToAuthor: mentionsAuthor };
  const draft = { authorId: person.id, content: text, replyToId, allowedMentions, attachments };
  return sayOrForget(world, channel, draft);
}

/** The files of a message that may not be sent are not kept. */
function sayOrForget(
  world: World,
  channel: ChannelRecord,
  draft: MessageDraft & { content: string; attachments: readonly { id: string }[] },
): MessageRecord {
  try {
    return say(world, channel, draft);
  } catch (error) {
    for (const { id } of draft.attachments) world.files.remove(`attachments/${channel.id}/${id}`);
    throw error;
  }
}
