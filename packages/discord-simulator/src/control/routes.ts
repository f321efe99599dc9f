import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { MessageRefused } from '../actions/message-refused.js';
import { ImpossibleAction } from '../interactions/person.js';
import { requireLoopback } from '../loopback.js';
import { describeScenario, scenarioRoutes } from '../scenario/routes.js';
import { communityActions } from './community-actions.js';
import type { Control } from './control.js';
import { describeArguments } from './description.js';
import { fateActions } from './fate-actions.js';
import { guildActions } from './guild-actions.js';
import { messageActions } from './message-actions.js';
import { peopleActions } from './people-actions.js';

/** The TypeScript API over HTTP: `POST /control/<name>` with the arguments as one JSON object. */
const ACTIONS = { ...guildActions, ...communityActions, ...messageActions, ...peopleActions, ...fateActions };

/** A saved state holds whole histories, in bytes. */
const MAX_BODY_BYTES = 256 * 1_024 * 1_024;

/** Serves the control API to this machine only; `GET /control` describes it. */
export async function serveControl(app: FastifyInstance, control: Control): Promise<void> {
  await app.register(
    async (scope) => {
      scope.addHook('onRequest', requireLoopback);
      scope.setErrorHandler((error, _request, reply) => {
        if (error instanceof z.ZodError) return reply.code(400).send({ error: z.prettifyError(error) });
        if (error instanceof MessageRefused) return reply.code(400).send({ error: error.message });
        if (error instanceof ImpossibleAction) return reply.code(404).send({ error: error.message });
        throw error;
      });
      scope.get('/', () => ({ actions: describeActions(), scenario: describeScenario() }));
      scenarioRoutes(scope, control);
      for (const [name, { perform }] of Object.entries(ACTIONS)) {
        scope.post(
          `/${name}`,
          { bodyLimit: MAX_BODY_BYTES },
          async (request) => (await perform(control, request.body)) ?? { ok: true },
        );
      }
    },
    { prefix: '/control' },
  );
}

function describeActions(): object[] {
  return Object.entries(ACTIONS).map(([name, { schema }]) => ({
    name,
    purpose: schema.description,
    path: `/control/${name}`,
    arguments: describeArguments(schema),
  }));
}
