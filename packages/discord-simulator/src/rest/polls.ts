import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { endPoll, hasPoll } from '../actions/polls.js';
import type { SimulatorContext } from '../context.js';
import { snowflake } from '../state/model.js';
import { renderMessage } from '../views/messages.js';
import { requireBot, requireChannel, requireMessage } from './access.js';
import { parseForm, refused, unknown } from './errors.js';
import { usersAfter } from './reactions.js';

const answerParams = z.looseObject({ answerId: z.coerce.number().int().min(1).max(10) });
const voterQuery = z.looseObject({
  after: snowflake.default('0'),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});

/** @see https://docs.discord.com/developers/resources/poll */
export function pollRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  app.get('/channels/:channelId/polls/:messageId/answers/:answerId', (request) => {
    const channel = requireChannel(world, request, Permission.ReadMessageHistory);
    const { answerId } = parseForm(answerParams, request.params);
    const answer = requireMessage(world, request, channel).poll?.answers[answerId - 1];
    if (!answer) throw unknown.message();
    return { users: usersAfter(world, answer.voterIds, parseForm(voterQuery, request.query)) };
  });

  app.post('/channels/:channelId/polls/:messageId/expire', (request) => {
    const message = requireMessage(world, request, requireChannel(world, request));
    const { userId } = requireBot(request);
    if (!hasPoll(message)) throw refused.noPoll();
    if (message.authorId !== userId) throw refused.editOfForeignMessage();
    if (message.poll.isFinalized) throw refused.pollExpired();
    endPoll(world, message);
    return renderMessage(world, message, { viewerId: userId });
  });
}
