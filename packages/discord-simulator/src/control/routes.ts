import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { MessageBlocked } from '../actions/speech.js';
import { ImpossibleAction } from '../interactions/person.js';
import { requireLoopback } from '../loopback.js';
import { snowflake } from '../state/model.js';
import { action, inGuild } from './action.js';
import { communityActions } from './community-actions.js';
import type { Control } from './control.js';
import { guildActions } from './guild-actions.js';

const optionValue = z.union([z.string(), z.number(), z.boolean()]);
const ofMessage = z.object({ channelId: snowflake, messageId: snowflake });

/** The TypeScript API over HTTP: `POST /control/<name>` with the arguments as one JSON object. */
const ACTIONS = {
  ...guildActions,
  ...communityActions,
  sendMessage: action(
    z.object({ userId: snowflake, channelId: snowflake, content: z.string(), replyToId: snowflake.optional() }),
    (control, { userId, channelId, content, replyToId }) =>
      control.sendMessage(userId, channelId, content, replyToId ? { replyToId } : {}),
  ),
  editMessage: action(ofMessage.extend({ content: z.string() }), (control, { channelId, messageId, content }) =>
    control.editMessage(channelId, messageId, content),
  ),
  deleteMessage: action(ofMessage, (control, { channelId, messageId }) => control.deleteMessage(channelId, messageId)),
  react: action(
    ofMessage.extend({ userId: snowflake, emoji: z.string() }),
    (control, { userId, channelId, messageId, emoji }) => control.react(userId, channelId, messageId, emoji),
  ),
  runCommand: action(
    z.object({
      userId: snowflake,
      channelId: snowflake,
      name: z.string(),
      options: z.record(z.string(), optionValue).optional(),
      focused: z.string().optional(),
    }),
    (control, use) => control.runCommand(use),
  ),
  pressButton: action(
    ofMessage.extend({ userId: snowflake, customId: z.string(), values: z.array(z.string()).optional() }),
    (control, use) => control.pressButton(use),
  ),
  submitModal: action(
    z.object({
      userId: snowflake,
      channelId: snowflake,
      customId: z.string(),
      fields: z.record(z.string(), z.string()),
      messageId: snowflake.optional(),
    }),
    (control, use) => control.submitModal(use),
  ),
  listSentMessages: action(
    z.object({ guildId: snowflake.optional(), channelId: snowflake.optional() }),
    (control, where) => control.listSentMessages(where),
  ),
  count: action(z.object({ guildId: snowflake.optional() }), (control, where) => control.count(where)),
  snapshot: action(inGuild, (control, { guildId }) => control.snapshot(guildId)),
  guilds: action(z.object({}), (control) =>
    control.guilds().map(({ id, name, ownerId, members, channels }) => ({
      id,
      name,
      ownerId,
      memberCount: members.size,
      channels: [...channels.values()],
    })),
  ),
  users: action(z.object({}), (control) => control.users()),
  burst: action(
    z.object({
      channelIds: z.array(snowflake).min(1),
      messagesPerSecond: z.number().positive().max(20_000),
      count: z.number().int().positive().max(1_000_000),
      prefix: z.string().optional(),
    }),
    (control, request) => control.burst(request),
  ),
  connections: action(z.object({}), (control) => control.connections()),
  dropSockets: action(z.object({ shard: z.number().optional(), code: z.number().optional() }), (control, fault) =>
    control.dropSockets(fault),
  ),
  refuseResumes: action(z.object({ count: z.number() }), (control, { count }) => control.refuseResumes(count)),
  askToReconnect: action(z.object({}), (control) => control.askToReconnect()),
  failRest: action(
    z
      .object({
        method: z.string().optional(),
        path: z.string().optional(),
        status: z.number().optional(),
        code: z.number().optional(),
        message: z.string().optional(),
        retryAfterSeconds: z.number().optional(),
        times: z.number(),
        latencyMs: z.number().optional(),
      })
      .nullable(),
    (control, fault) => control.failRest(fault),
  ),
  rateLimitViolations: action(z.object({}), (control) => control.rateLimitViolations()),
  revokeAuthorization: action(z.object({ userId: snowflake }), (control, { userId }) =>
    control.revokeAuthorization(userId),
  ),
  expireAccessTokens: action(z.object({ userId: snowflake }), (control, { userId }) =>
    control.expireAccessTokens(userId),
  ),
  advance: action(z.object({ milliseconds: z.number().nonnegative() }), (control, { milliseconds }) =>
    control.advance(milliseconds),
  ),
  freeze: action(z.object({ isFrozen: z.boolean().default(true) }), (control, { isFrozen }) =>
    control.freeze(isFrozen),
  ),
};

/** Serves the control API to this machine only. */
export async function serveControl(app: FastifyInstance, control: Control): Promise<void> {
  await app.register(
    async (scope) => {
      scope.addHook('onRequest', requireLoopback);
      scope.setErrorHandler((error, _request, reply) => {
        if (error instanceof z.ZodError) return reply.code(400).send({ error: z.prettifyError(error) });
        if (error instanceof MessageBlocked) return reply.code(400).send({ error: error.message });
        if (error instanceof ImpossibleAction) return reply.code(404).send({ error: error.message });
        throw error;
      });
      for (const [name, run] of Object.entries(ACTIONS)) {
        scope.post(`/${name}`, async (request) => (await run(control, request.body)) ?? { ok: true });
      }
    },
    { prefix: '/control' },
  );
}
