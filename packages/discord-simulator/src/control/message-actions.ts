import { z } from 'zod';
import { snowflake } from '../state/model.js';
import { action } from './action.js';

const ofMessage = z.object({ channelId: snowflake, messageId: snowflake });
const byPerson = ofMessage.extend({ userId: snowflake });

const file = z.object({
  filename: z.string().min(1),
  /** In base64. */
  content: z.base64(),
  description: z.string().optional(),
  isSpoiler: z.boolean().optional(),
});

const poll = z.object({
  question: z.string().min(1).max(300),
  answers: z.array(z.string().min(1).max(55)).min(1).max(10),
  hours: z.number().int().min(1).max(768).default(24),
  allowsMultiselect: z.boolean().default(false),
});

/** What people do with messages, over HTTP. */
export const messageActions = {
  sendMessage: action(
    z
      .object({
        userId: snowflake,
        channelId: snowflake,
        content: z.string(),
        replyToId: snowflake.optional(),
        files: z.array(file).max(10).default([]),
        poll: poll.optional(),
      })
      .describe('Writes a message as a person, with files (in base64) and a poll where they are given.'),
    (control, { userId, channelId, content, replyToId, files, poll: asked }) =>
      control.sendMessage(userId, channelId, content, {
        ...(replyToId ? { replyToId } : {}),
        files: files.map(({ content: text, ...rest }) => ({ ...rest, bytes: Buffer.from(text, 'base64') })),
        ...(asked ? { poll: { ...asked, answers: asked.answers.map((text) => ({ text })) } } : {}),
      }),
  ),
  editMessage: action(
    ofMessage.extend({ content: z.string() }).describe('Edits the content of a message as its author.'),
    (control, { channelId, messageId, content }) => control.editMessage(channelId, messageId, content),
  ),
  deleteMessage: action(ofMessage.describe('Deletes a message.'), (control, { channelId, messageId }) =>
    control.deleteMessage(channelId, messageId),
  ),
  react: action(
    byPerson.extend({ emoji: z.string() }).describe('Reacts to a message as a person.'),
    (control, { userId, channelId, messageId, emoji }) => control.react(userId, channelId, messageId, emoji),
  ),
  pinMessage: action(byPerson.describe('Pins a message as a person.'), (control, { userId, channelId, messageId }) =>
    control.pinMessage(userId, channelId, messageId),
  ),
  unpinMessage: action(
    byPerson.describe('Takes a pin off a message as a person.'),
    (control, { userId, channelId, messageId }) => control.unpinMessage(userId, channelId, messageId),
  ),
  votePoll: action(
    byPerson
      .extend({ answerIds: z.array(z.number().int().min(1).max(10)) })
      .describe('Votes in a poll as a person, for these answers and no others; for none to take the vote back.'),
    (control, { userId, channelId, messageId, answerIds }) => control.votePoll(userId, channelId, messageId, answerIds),
  ),
};
