import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import multipart from '@fastify/multipart';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { MessageRefused } from '../actions/message-refused.js';
import type { SimulatorContext } from '../context.js';
import { ImpossibleAction, runCommand, runContextMenu, submitModal, useComponent } from '../interactions/person.js';
import { fieldValue, optionValue } from '../interactions/use-schemas.js';
import { requireLoopback } from '../loopback.js';
import { DiscordError } from '../rest/errors.js';
import { readMultipart, uploadLimits } from '../rest/uploads.js';
import { snowflake } from '../state/model.js';
import { messageRoutes } from './message-routes.js';
import { peopleRoutes } from './people-routes.js';
import { inChannel, place } from './place.js';
import { readRoutes } from './read-routes.js';
import { threadRoutes } from './thread-routes.js';

const ASSETS = join(fileURLToPath(new URL('../../client', import.meta.url)));
/** Nothing but this server's own files runs or loads in the page, and no page but its own, which shows two people, may frame it; images may also be files that are about to be sent. */
const CONTENT_SECURITY_POLICY =
  "default-src 'self'; img-src 'self' blob:; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

/** Files in options and modals come as base64 inside of JSON, in bytes. */
const FILE_BODY_LIMIT = Math.ceil((uploadLimits.requestSize * 4) / 3) + 1_048_576;

const bodies = {
  command: inChannel.extend({
    name: z.string(),
    options: z.record(z.string(), optionValue).default({}),
    focused: z.string().optional(),
  }),
  contextMenu: inChannel.extend({ name: z.string(), targetId: snowflake }),
  component: inChannel.extend({ messageId: snowflake, customId: z.string(), values: z.array(z.string()).optional() }),
  modal: inChannel.extend({
    customId: z.string(),
    fields: z.record(z.string(), fieldValue),
  }),
};

/** The web client at `/`: its files, and what they ask for. Everything is done as the person named by `as`. */
export async function serveClient(app: FastifyInstance, context: SimulatorContext): Promise<void> {
  await app.register(fastifyStatic, {
    root: ASSETS,
    prefix: '/',
    setHeaders: (reply) => reply.setHeader('content-security-policy', CONTENT_SECURITY_POLICY),
  });
  await app.register(
    async (scope) => {
      const { fileSize, requestSize: fieldSize } = uploadLimits;
      await scope.register(multipart, { limits: { fileSize, fieldSize, files: 50 }, throwFileSizeLimit: false });
      scope.decorateRequest('uploads');
      scope.addHook('onRequest', requireLoopback);
      scope.addHook('preHandler', async (request) => {
        request.uploads = [];
        if (request.isMultipart()) await readMultipart(request);
      });
      scope.setErrorHandler((error, _request, reply) => {
        if (error instanceof z.ZodError) return reply.code(400).send({ error: z.prettifyError(error) });
        if (error instanceof ImpossibleAction) return reply.code(404).send({ error: error.message });
        if (error instanceof MessageRefused) return reply.code(400).send({ error: error.message });
        if (error instanceof DiscordError) return reply.code(error.status).send({ error: error.message });
        throw error;
      });
      readRoutes(scope, context);
      messageRoutes(scope, context);
      interactionRoutes(scope, context);
      peopleRoutes(scope, context);
      threadRoutes(scope, context);
    },
    { prefix: '/client' },
  );
}

function interactionRoutes(app: FastifyInstance, { world, interactions }: SimulatorContext): void {
  app.post('/commands', { bodyLimit: FILE_BODY_LIMIT }, async (request) => {
    const { as: userId, ...use } = bodies.command.parse(request.body);
    place(world, request.body);
    const { status, modal, choices } = await runCommand(world, interactions, { userId, ...use });
    return { status, modal, choices };
  });

  app.post('/context-menus', async (request) => {
    const { as: userId, ...use } = bodies.contextMenu.parse(request.body);
    place(world, request.body);
    const { status, modal } = await runContextMenu(world, interactions, { userId, ...use });
    return { status, modal };
  });

  app.post('/components', async (request) => {
    const { as: userId, ...use } = bodies.component.parse(request.body);
    place(world, request.body);
    const { status, modal } = await useComponent(world, interactions, { userId, ...use });
    return { status, modal };
  });

  app.post('/modals', { bodyLimit: FILE_BODY_LIMIT }, async (request) => {
    const { as: userId, ...use } = bodies.modal.parse(request.body);
    place(world, request.body);
    const { status } = await submitModal(world, interactions, { userId, ...use });
    return { status };
  });
}
