import type { PollRecord } from '../state/model.js';

/** @see https://docs.discord.com/developers/resources/poll#poll-object */
export function renderPoll(poll: PollRecord, viewerId: string | undefined): object {
  return {
    question: { text: poll.question },
    answers: poll.answers.map(({ text, emoji }, index) => ({
      answer_id: index + 1,
      poll_media: { ...(text === undefined ? {} : { text }), ...(emoji ? { emoji } : {}) },
    })),
    expiry: poll.expiresAt,
    allow_multiselect: poll.allowsMultiselect,
    layout_type: 1,
    results: {
      is_finalized: poll.isFinalized,
      // An answer without votes is left out.
      answer_counts: poll.answers.flatMap(({ voterIds }, index) =>
        voterIds.length === 0
          ? []
          : [
              {
                id: index + 1,
                count: voterIds.length,
                me_voted: viewerId !== undefined && voterIds.includes(viewerId),
              },
            ],
      ),
    },
  };
}
