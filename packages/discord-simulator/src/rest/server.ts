import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { SimulatorContext } from '../context.js';
import { oauthApiRoutes } from '../oauth/api.js';
import { identifyCaller } from './access.js';
import { applicationRoutes } from './applications.js';
import { auditLogRoutes } from './audit-log.js';
import { autoModerationRoutes } from './auto-moderation.js';
import { banRoutes } from './bans.js';
import { channelRoutes } from './channels.js';
import { commandRoutes } from './commands.js';
import { DiscordError, formErrorsOf, RateLimited } from './errors.js';
import { guildRoutes } from './guilds.js';
import { interactionRoutes } from './interactions.js';
import { inviteRoutes } from './invites.js';
import { memberRoutes } from './members.js';
import { messageRoutes } from './messages.js';
import { overwriteRoutes } from './overwrites.js';
import { reactionRoutes } from './reactions.js';
import { roleRoutes } from './roles.js';
import { scheduledEventRoutes } from './scheduled-events.js';
import { threadListRoutes } from './thread-lists.js';
import { threadMemberRoutes, threadRoutes } from './threads.js';
import { userRoutes } from './users.js';
import { voiceRoutes } from './voice.js';

/** Discord serves the newest version without a prefix too; bodies did not change between 9 and 10 for what is served here. */
const PREFIXES = ['/api/v10', '/api/v9', '/api'];

const RESOURCES = [
  applicationRoutes,
  auditLogRoutes,
  autoModerationRoutes,
  banRoutes,
  channelRoutes,
  commandRoutes,
  guildRoutes,
  interactionRoutes,
  inviteRoutes,
  memberRoutes,
  messageRoutes,
  overwriteRoutes,
  reactionRoutes,
  roleRoutes,
  scheduledEventRoutes,
  threadListRoutes,
  threadMemberRoutes,
  threadRoutes,
  userRoutes,
  voiceRoutes,
  oauthApiRoutes,
];

/** Serves Discord's HTTP API. @see https://docs.discord.com/developers/reference */
export async function serveRest(app: FastifyInstance, context: SimulatorContext): Promise<void> {
  await app.register(async (rest) => {
    await rest.register(multipart, { limits: { fileSize: 1, fields: 10 } });
    rest.decorateRequest('caller', null);
    rest.addHook('onRequest', async (request) => {
      request.caller = identifyCaller(context.world, request.headers.authorization);
    });
    rest.addHook('preHandler', async (request, reply) => {
      await context.faults.apply({ method: request.method, path: withoutPrefix(request.url.split('?')[0] ?? '') });
      limitRate(context, request, reply);
      if (request.isMultipart()) request.body = await readPayloadJson(request);
    });
    rest.setErrorHandler((error, request, reply) => answerError(context, { error, request, reply }));
    rest.setNotFoundHandler((request, reply) => {
      context.logger.warn({ event: 'rest.notServed', method: request.method, path: request.url.split('?')[0] });
      void reply.code(501).send({ message: '501: Not served by the simulator', code: 0 });
    });
    for (const prefix of PREFIXES) {
      await rest.register(
        async (scope) => {
          for (const register of RESOURCES) register(scope, context);
        },
        { prefix },
      );
    }
    // Fastify asks the handler of the prefix a path lies in; this one makes every path below /api ours.
    rest.all('/api/*', (_request, reply) => reply.callNotFound());
  });
}

function limitRate({ rateLimits, logger }: SimulatorContext, request: FastifyRequest, reply: FastifyReply): void {
  const route = withoutPrefix(request.routeOptions.url ?? '');
  const state = rateLimits.take({
    method: request.method,
    route,
    params: request.params as Record<string, string>,
    body: request.body,
    caller: request.caller ? request.caller.userId : request.ip,
    // Interaction answers carry their own token and are not bound to the global limit.
    isGloballyLimited:
      request.caller?.kind === 'bot' && !route.startsWith('/interactions') && !route.startsWith('/webhooks'),
  });
  // Whoever is told of limits keeps to them.
  if (!rateLimits.isEnforced) return;
  const resetAfterSeconds = Math.max(0, state.resetsAtMs - Date.now()) / 1_000;
  void reply.headers({
    'x-ratelimit-limit': state.limit,
    'x-ratelimit-remaining': state.remaining,
    'x-ratelimit-reset': (state.resetsAtMs / 1_000).toFixed(3),
    'x-ratelimit-reset-after': resetAfterSeconds.toFixed(3),
    'x-ratelimit-bucket': state.bucket,
  });
  if (!state.isExceeded) return;
  logger.warn({ event: 'rest.rateLimited', method: request.method, route, scope: state.scope });
  throw new RateLimited(resetAfterSeconds, { scope: state.scope });
}

function withoutPrefix(path: string): string {
  return path.replace(/^\/api(\/v\d+)?/, '');
}

/** Bodies with uploads carry their JSON in one field. @see https://docs.discord.com/developers/reference#uploading-files */
async function readPayloadJson(request: FastifyRequest): Promise<unknown> {
  let payload: unknown = {};
  for await (const part of request.parts()) {
    if (part.type === 'file') throw new DiscordError(501, 0, '501: File uploads are not served by the simulator');
    if (part.fieldname === 'payload_json') payload = parsePayload(String(part.value));
  }
  return payload;
}

function parsePayload(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DiscordError(
      400,
      50109,
      `The request body contains invalid JSON: ${error instanceof Error ? error.message : ''}`,
    );
  }
}

interface Failure {
  error: unknown;
  request: FastifyRequest;
  reply: FastifyReply;
}

function answerError({ logger }: SimulatorContext, { error, request, reply }: Failure): void {
  const refusal = asDiscordError(error);
  if (refusal instanceof RateLimited) {
    const { retryAfterSeconds, limit } = refusal;
    void reply.headers({
      'x-ratelimit-scope': limit.scope,
      'retry-after': Math.ceil(retryAfterSeconds),
      ...(limit.scope === 'global' ? { 'x-ratelimit-global': 'true' } : {}),
    });
  }
  if (refusal.status >= 500) {
    logger.warn({
      event: 'rest.failed',
      method: request.method,
      path: request.routeOptions.url,
      error: error instanceof Error ? error.stack : String(error),
    });
  }
  void reply.code(refusal.status).send(refusal.toJSON());
}

function asDiscordError(error: unknown): DiscordError {
  if (error instanceof DiscordError) return error;
  if (error instanceof z.ZodError) return formErrorsOf(error);
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status === 400) return new DiscordError(400, 50109, 'The request body contains invalid JSON.');
  if (status === 413) return new DiscordError(413, 40005, 'Request entity too large');
  return new DiscordError(status, 0, `${status}: ${status === 500 ? 'Internal Server Error' : 'Bad Request'}`);
}
