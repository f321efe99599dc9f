import { z } from 'zod';
import type { Person } from './person.js';
import { type Play, patternOf } from './play.js';
import { message, step, who, withinMs } from './step.js';

const pattern = {
  text: z.string().optional().describe('A part of the text.'),
  matches: z.string().optional().describe('A regular expression.'),
};
const ofBot = z.object({
  bot: z.string().optional().describe('The bot, by name or id; the one of the first application when absent.'),
  withinMs,
});
const written = ofBot.extend({
  ...pattern,
  in: z.string().optional().describe('The channel, by name or id; any when absent.'),
  to: z.string().optional().describe('The person in whose direct messages it is written.'),
});
const answer = z.object({ answer: z.string().describe('An answer that a step kept, as "$name".'), withinMs });
const withRole = z.object({ who, role: z.string(), withinMs });
const about = z.object({ who, withinMs });

/** What is expected, and what time does. */
export const expectationSteps = {
  answers: step(written.describe('The bot writes such a message after the last action of a person.'), (play, input) =>
    play.scenario.bot(input.bot).answers(patternOf(input), whereOf(play, input)),
  ),
  botWrites: step(written.describe('The bot writes such a message at any time of the scenario.'), (play, input) =>
    play.scenario.bot(input.bot).writes(patternOf(input), whereOf(play, input)),
  ),
  botEdits: step(
    ofBot.extend({ message, ...pattern }).describe('The bot edits its message to read like this.'),
    (play, input) =>
      play.scenario.bot(input.bot).edits(play.message(input.message), patternOf(input), { within: input.withinMs }),
  ),
  isDeleted: step(ofBot.extend({ message }).describe('The message is deleted.'), (play, input) =>
    play.scenario.bot(input.bot).deletes(play.message(input.message), { within: input.withinMs }),
  ),
  botReacts: step(
    ofBot.extend({ emoji: z.string(), message }).describe('The bot reacts to the message.'),
    (play, { bot, emoji, message: ref, withinMs: within }) =>
      play.scenario.bot(bot).reacts(emoji, play.message(ref), { within }),
  ),
  says: step(answer.extend(pattern).describe('The answer reads like this, now or soon.'), (play, input) =>
    play.answer(input.answer).says(patternOf(input) ?? '', { within: input.withinMs }),
  ),
  isEphemeral: step(answer.describe('Only the person who asked sees the answer.'), (play, input) =>
    play.answer(input.answer).isEphemeral({ within: input.withinMs }),
  ),
  isPublic: step(answer.describe('Everybody in the channel sees the answer.'), (play, input) =>
    play.answer(input.answer).isPublic({ within: input.withinMs }),
  ),
  receives: step(withRole.describe('The person has the role, now or soon.'), (play, input) =>
    play.person(input.who).receives(input.role, { within: input.withinMs }),
  ),
  loses: step(withRole.describe('The person no longer has the role, now or soon.'), (play, input) =>
    play.person(input.who).loses(input.role, { within: input.withinMs }),
  ),
  isTimedOut: expectationOf('The person is timed out, now or soon.', (person) => person.isTimedOut.bind(person)),
  isGone: expectationOf('The person is no longer in the guild, now or soon.', (person) => person.isGone.bind(person)),
  isBanned: expectationOf('The person is banned, now or soon.', (person) => person.isBanned.bind(person)),
  advance: step(
    z.object({ milliseconds: z.number().nonnegative() }).describe('Puts the clock forward; what falls due happens.'),
    (play, { milliseconds }) => play.scenario.clock.advance(milliseconds),
  ),
  changes: step(z.object({}).describe('Tells what changed since the first step.'), (play) => ({
    changes: play.scenario.changesSince(play.before),
  })),
};

function expectationOf(purpose: string, of: (person: Person) => Person['isGone']) {
  return step(about.describe(purpose), (play, input) => of(play.person(input.who))({ within: input.withinMs }));
}

function whereOf(play: Play, input: z.infer<typeof written>) {
  const { in: place, to, withinMs: within } = input;
  return { in: place === undefined ? undefined : play.refer(place), to, within };
}
