import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { SimulatorContext } from '../context.js';
import { oauthApiRoutes } from '../oauth/api.js';
import { openIdRoutes } from '../oauth/openid.js';
import { identifyCaller } from './access.js';
import { applicationEmojiRoutes } from './application-emojis.js';
import { applicationRoutes } from './applications.js';
import { auditLogRoutes } from './audit-log.js';
import { autoModerationRoutes } from './auto-moderation.js';
import { banRoutes } from './bans.js';
import { channelPositionRoutes } from './channel-positions.js';
import { channelRoutes } from './channels.js';
import { commandPermissionRoutes } from './command-permissions.js';
import { commandRoutes } from './commands.js';
import { eventExceptionRoutes } from './event-exceptions.js';
import { eventUserRoutes } from './event-users.js';
import { entitlementRoutes } from './entitlements.js';
import { DiscordError, formErrorsOf, RateLimited } from './errors.js';
import { emojiRoutes } from './emojis.js';
import { followerRoutes } from './followers.js';
import { guildRoutes } from './guilds.js';
import { incidentRoutes } from './incidents.js';
import { integrationRoutes } from './integrations.js';
import { interactionRoutes } from './interactions.js';
import { inviteRoutes } from './invites.js';
import { joiningRoutes } from './joining.js';
import { memberRoutes } from './members.js';
import { messageSearchRoutes } from './message-search.js';
import { messageRoutes } from './messages.js';
import { onboardingRoutes } from './onboarding.js';
import { overwriteRoutes } from './overwrites.js';
import { pruneRoutes } from './prune.js';
import { pinRoutes } from './pins.js';
import { pollRoutes } from './polls.js';
import { reactionRoutes } from './reactions.js';
import { roleConnectionRoutes } from './role-connections.js';
import { roleRoutes } from './roles.js';
import { soundPlayingRoutes } from './sound-playing.js';
import { soundboardRoutes } from './soundboard.js';
import { stickerRoutes } from './stickers.js';
import { templateRoutes } from './templates.js';
import { scheduledEventRoutes } from './scheduled-events.js';
import { stageSpeakerRoutes } from './stage-speakers.js';
import { stageRoutes } from './stages.js';
import { threadListRoutes } from './thread-lists.js';
import { threadSearchRoutes } from './thread-search.js';
import { threadMemberRoutes, threadRoutes } from './threads.js';
import { readMultipart, uploadLimits } from './uploads.js';
import { userRoutes } from './users.js';
import { voiceRoutes } from './voice.js';
import { webhookMessageRoutes } from './webhook-messages.js';
import { webhookRoutes, webhookTokenRoutes } from './webhooks.js';
import { welcomeScreenRoutes } from './welcome-screen.js';
import { widgetRoutes } from './widget.js';

/** Discord serves the newest version without a prefix too; bodies did not change between 9 and 10 for what is served here. */
const PREFIXES = ['/api/v10', '/api/v9', '/api'];
const JSON_TYPE = 'application/json';

const RESOURCES = [
  applicationEmojiRoutes,
  applicationRoutes,
  auditLogRoutes,
  autoModerationRoutes,
  banRoutes,
  channelPositionRoutes,
  channelRoutes,
  commandPermissionRoutes,
  commandRoutes,
  emojiRoutes,
  entitlementRoutes,
  eventExceptionRoutes,
  eventUserRoutes,
  followerRoutes,
  guildRoutes,
  incidentRoutes,
  integrationRoutes,
  interactionRoutes,
  inviteRoutes,
  joiningRoutes,
  memberRoutes,
  messageRoutes,
  messageSearchRoutes,
  onboardingRoutes,
  overwriteRoutes,
  pruneRoutes,
  pinRoutes,
  pollRoutes,
  reactionRoutes,
  roleConnectionRoutes,
  roleRoutes,
  soundboardRoutes,
  soundPlayingRoutes,
  stickerRoutes,
  templateRoutes,
  scheduledEventRoutes,
  stageRoutes,
  stageSpeakerRoutes,
  threadListRoutes,
  threadMemberRoutes,
  threadRoutes,
  threadSearchRoutes,
  userRoutes,
  voiceRoutes,
  webhookMessageRoutes,
  webhookRoutes,
  webhookTokenRoutes,
  welcomeScreenRoutes,
  widgetRoutes,
  oauthApiRoutes,
  openIdRoutes,
];

/** Serves Discord's HTTP API. @see https://docs.discord.com/developers/reference */
export async function serveRest(app: FastifyInstance, context: SimulatorContext): Promise<void> {
  await app.register(async (rest) => {
    const { fileSize, requestSize: fieldSize } = uploadLimits;
    await rest.register(multipart, { limits: { fileSize, fieldSize, files: 50 }, throwFileSizeLimit: false });
    rest.decorateRequest('caller', null);
    rest.decorateRequest('uploads');
    rest.addHook('onRequest', async (request) => {
      request.uploads = [];
      request.caller = identifyCaller(context.world, request.headers.authorization);
    });
    rest.addHook('onSend', async (request, reply, payload) => {
      // Discord names no charset, and some libraries read as JSON only what is called exactly so.
      if (String(reply.getHeader('content-type')).startsWith(JSON_TYPE)) void reply.header('content-type', JSON_TYPE);
      tellOfExchange(context, { request, reply, payload });
    });
    context.faults.install(rest, (request) => withoutPrefix(request.url.split('?')[0] ?? ''));
    rest.addHook('preHandler', async (request, reply) => {
      limitRate(context, request, reply);
      if (request.isMultipart()) await readMultipart(request);
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

interface Answered {
  request: FastifyRequest;
  reply: FastifyReply;
  payload: unknown;
}

function tellOfExchange({ onExchange }: SimulatorContext, { request, reply, payload }: Answered): void {
  const isJson = String(reply.getHeader('content-type')).startsWith(JSON_TYPE);
  onExchange?.({
    method: request.method,
    path: withoutPrefix(request.url.split('?')[0] ?? ''),
    sent: request.body,
    status: reply.statusCode,
    answer: isJson && typeof payload === 'string' ? (JSON.parse(payload) as unknown) : payload || undefined,
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
