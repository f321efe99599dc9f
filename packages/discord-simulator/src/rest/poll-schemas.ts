import { z } from 'zod';
import type { PollDraft } from '../actions/polls.js';
import { snowflake } from '../state/model.js';
import { listBetween, textBetween } from './form-fields.js';

/** Discord's limits for polls. @see https://docs.discord.com/developers/resources/poll#poll-media-object */
const LIMITS = { question: 300, answer: 55, answers: 10, hours: 768, defaultHours: 24 } as const;

const pollEmoji = z.looseObject({ id: snowflake.nullish(), name: z.string().max(32).nullish() });

/** @see https://docs.discord.com/developers/resources/poll#poll-create-request-object */
export const pollBody = z.looseObject({
  question: z.looseObject({ text: textBetween(1, LIMITS.question) }),
  answers: listBetween(
    z.looseObject({
      poll_media: z.looseObject({ text: textBetween(1, LIMITS.answer), emoji: pollEmoji.nullish() }),
    }),
    1,
    LIMITS.answers,
  ),
  duration: z.number().int().min(1).max(LIMITS.hours).nullish(),
  allow_multiselect: z.boolean().nullish(),
  layout_type: z.literal(1).nullish(),
});

export function pollDraftFrom(body: z.infer<typeof pollBody>): PollDraft {
  return {
    question: body.question.text,
    answers: body.answers.map(({ poll_media: { text, emoji } }) => ({
      text,
      ...(emoji ? { emoji: { id: emoji.id ?? null, name: emoji.name ?? '' } } : {}),
    })),
    hours: body.duration ?? LIMITS.defaultHours,
    allowsMultiselect: body.allow_multiselect ?? false,
  };
}
