import { z } from 'zod';
import { presenceRecord } from '../state/model.js';
import { message, place, step, who, withinMs } from './step.js';
import type { Upload } from './writing-person.js';

const on = message.optional();
const option = z.union([z.string(), z.number(), z.boolean()]);
const field = z.union([z.string(), z.boolean(), z.array(z.string())]);
const files = z
  .array(z.object({ name: z.string(), text: z.string().optional(), base64: z.string().optional() }))
  .optional();

/** What people do. */
export const peopleSteps = {
  person: step(
    z
      .object({ who, in: z.string().optional().describe('The guild.'), roles: z.array(z.string()).optional() })
      .describe('Introduces a person: who is not yet in the guild joins, and the roles are given.'),
    (play, { who: name, ...options }) => ({ id: play.introduce(name, options).id }),
  ),
  writes: step(
    z
      .object({ who, text: z.string(), in: place, replyingTo: on, files })
      .describe('Writes a message, with files or without.'),
    (play, { who: name, text, in: where, replyingTo, files: sent }) =>
      play.person(name).writes(text, {
        in: where === undefined ? undefined : play.refer(where),
        replyingTo: replyingTo === undefined ? undefined : play.message(replyingTo),
        files: sent?.map(uploadOf),
      }),
  ),
  edits: step(
    z.object({ who, message, text: z.string() }).describe('Changes a message of their own.'),
    (play, { who: name, message: ref, text }) => play.person(name).edits(play.message(ref), text),
  ),
  deletes: step(
    z.object({ who, message }).describe('Deletes a message: of their own, or as a moderator.'),
    (play, { who: name, message: ref }) => play.person(name).deletes(play.message(ref)),
  ),
  reacts: step(
    z.object({ who, emoji: z.string(), message }).describe('Reacts to a message.'),
    (play, { who: name, emoji, message: ref }) => play.person(name).reacts(emoji, play.message(ref)),
  ),
  takesBack: step(
    z.object({ who, emoji: z.string(), message }).describe('Takes a reaction back.'),
    (play, { who: name, emoji, message: ref }) => play.person(name).takesBack(emoji, play.message(ref)),
  ),
  pins: step(z.object({ who, message }).describe('Pins a message.'), (play, { who: name, message: ref }) =>
    play.person(name).pins(play.message(ref)),
  ),
  unpins: step(z.object({ who, message }).describe('Takes a pin off a message.'), (play, { who: name, message: ref }) =>
    play.person(name).unpins(play.message(ref)),
  ),
  asks: step(
    z
      .object({
        who,
        question: z.string().min(1).max(300),
        answers: z.array(z.string().min(1).max(55)).min(1).max(10),
        in: place,
        hours: z.number().int().min(1).max(768).optional(),
        allowsSeveral: z.boolean().optional(),
      })
      .describe('Writes a poll.'),
    (play, { who: name, question, answers, ...options }) => play.person(name).asks(question, answers, options),
  ),
  votes: step(
    z
      .object({ who, answers: z.array(z.string()), message })
      .describe('Votes in a poll for these answers and no others; for none, to take the vote back.'),
    (play, { who: name, answers, message: ref }) => play.person(name).votes(answers, play.message(ref)),
  ),
  startsTyping: step(z.object({ who, in: place }).describe('Shows that they are typing.'), (play, input) =>
    play.person(input.who).startsTyping(input.in === undefined ? {} : { in: play.refer(input.in) }),
  ),
  startsThread: step(
    z
      .object({ who, name: z.string(), in: place, on, isPrivate: z.boolean().optional() })
      .describe('Starts a thread, on a message where one is named.'),
    (play, { who: name, name: title, in: where, on: ref, isPrivate }) =>
      play.person(name).startsThread(title, {
        in: where,
        on: ref === undefined ? undefined : play.message(ref),
        isPrivate,
      }),
  ),
  posts: step(
    z
      .object({ who, title: z.string(), text: z.string(), in: place, tags: z.array(z.string()).optional() })
      .describe('Starts a post in a forum.'),
    (play, { who: name, title, text, in: where, tags }) => play.person(name).posts(title, text, { in: where, tags }),
  ),
  joins: step(
    z.object({ who, target: z.string() }).describe('Joins a guild, a voice channel or a thread, or follows an invite.'),
    (play, { who: name, target }) => play.person(name).joins(play.target(target)),
  ),
  leaves: step(
    z.object({ who, target: z.string() }).describe('Leaves a guild, a voice channel or a thread.'),
    (play, { who: name, target }) => play.person(name).leaves(play.target(target)),
  ),
  invites: step(
    z
      .object({ who, to: z.string(), maxUses: z.number().optional(), maxAgeSeconds: z.number().optional() })
      .describe('Makes an invite to a channel.'),
    (play, { who: name, ...invite }) => play.person(name).invites(invite),
  ),
  goes: step(
    z
      .object({ who, status: presenceRecord.shape.status, playing: z.string().optional() })
      .describe('Sets their status, and what they are playing.'),
    (play, { who: name, status, playing }) => play.person(name).goes(status, { playing }),
  ),
  runs: step(
    z
      .object({ who, command: z.string(), options: z.record(z.string(), option).optional(), in: place, withinMs })
      .describe('Runs a slash command and waits for the answer.'),
    (play, { who: name, command, options, in: where, withinMs: within }) =>
      play.person(name).runs(command, options, { in: where, within }),
  ),
  types: step(
    z
      .object({ who, command: z.string(), options: z.record(z.string(), option), in: place, withinMs })
      .describe('Types a command as far as its last option and waits for what is suggested.'),
    (play, { who: name, command, options, in: where, withinMs: within }) =>
      play.person(name).types(command, options, { in: where, within }),
  ),
  usesOnMessage: step(
    z
      .object({ who, command: z.string(), message, withinMs })
      .describe('Chooses a command from the menu of a message and waits for the answer.'),
    (play, { who: name, command, message: ref, withinMs: within }) =>
      play.person(name).usesOnMessage(command, play.message(ref), { within }),
  ),
  usesOnPerson: step(
    z
      .object({ who, command: z.string(), person: z.string(), in: place, withinMs })
      .describe('Chooses a command from the menu of a person and waits for the answer.'),
    (play, { who: name, command, person, in: where, withinMs: within }) =>
      play.person(name).usesOnPerson(command, person, { in: where, within }),
  ),
  presses: step(
    z
      .object({ who, button: z.string().describe('Label or custom id.'), on, in: place, withinMs })
      .describe('Presses a button and waits for the answer.'),
    (play, { who: name, button, on: ref, in: where, withinMs: within }) =>
      play.person(name).presses(button, { on: play.on(ref), in: where, within }),
  ),
  chooses: step(
    z
      .object({ who, values: z.array(z.string()), from: z.string().optional(), on, in: place, withinMs })
      .describe('Chooses from a select and waits for the answer.'),
    (play, { who: name, values, from, on: ref, in: where, withinMs: within }) =>
      play.person(name).chooses(values, { from, on: play.on(ref), in: where, within }),
  ),
  fills: step(
    z
      .object({ who, modal: z.string().describe('Title or custom id.'), fields: z.record(z.string(), field), withinMs })
      .describe('Fills in the form that was opened last and waits for the answer.'),
    (play, { who: name, modal, fields, withinMs: within }) => play.person(name).fills(modal, fields, { within }),
  ),
};

function uploadOf({
  name,
  text,
  base64,
}: {
  name: string;
  text?: string | undefined;
  base64?: string | undefined;
}): Upload {
  return { name, content: base64 === undefined ? (text ?? '') : Buffer.from(base64, 'base64') };
}
