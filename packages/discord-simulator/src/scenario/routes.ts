import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Control } from '../control/control.js';
import { describeArguments } from '../control/description.js';
import { ImpossibleAction } from '../interactions/person.js';
import { expectationSteps } from './expectation-steps.js';
import { ExpectationFailed } from './failure.js';
import { peopleSteps } from './people-steps.js';
import { Play, resultOf } from './play.js';
import { step, type Step, withinMs } from './step.js';

const anyStep = z.looseObject({
  step: z.string().describe('Its name.'),
  as: z.string().optional().describe('Keeps the result: later steps name it with a dollar sign, as "$name".'),
});

type AnyStep = z.infer<typeof anyStep>;

const STEPS: Record<string, Step> = {
  ...peopleSteps,
  ...expectationSteps,
  never: step(
    z
      .object({
        expectation: anyStep.describe('What must not happen.'),
        until: anyStep.optional().describe('Until this has happened; else until the time is over.'),
        withinMs,
      })
      .describe('Something does not happen.'),
    (play, { expectation, until, withinMs: within }) =>
      play.scenario.never(async () => perform(play, expectation), {
        within,
        ...(until ? { until: async () => perform(play, until) } : {}),
      }),
  ),
};

const body = z.object({
  guild: z.string().optional().describe('The guild of people who are not introduced by a step.'),
  steps: z.array(anyStep).min(1).max(1_000),
});

/** What `GET /control` says of it. */
export function describeScenario(): object {
  return {
    path: '/control/scenario',
    purpose:
      'Plays steps in their order; answers with the result of each, or with status 422 and the step that failed.',
    arguments: describeArguments(body),
    steps: Object.entries(STEPS).map(([name, { schema }]) => ({
      name,
      purpose: schema.description,
      arguments: describeArguments(schema),
    })),
  };
}

/** Plays scenarios of steps over HTTP, for those who write bots in other languages. */
export function scenarioRoutes(app: FastifyInstance, control: Control): void {
  app.post('/scenario', async (request, reply) => {
    const { guild, steps } = body.parse(request.body);
    const play = new Play(control.scenario(), guild);
    const results: unknown[] = [];
    for (const each of steps) {
      try {
        results.push(await perform(play, each));
      } catch (error) {
        const message = readable(error);
        return reply.code(422).send({ error: message, failedStep: { index: results.length, ...each }, results });
      }
    }
    return { results };
  });
}

/** Not an async function: expectations begin at once. @throws ImpossibleAction, ExpectationFailed or ZodError */
function perform(play: Play, { step: name, as, ...input }: AnyStep): unknown {
  const known = STEPS[name];
  if (!known) throw new ImpossibleAction(`There is no step "${name}"; GET /control lists them`);
  const outcome = known.perform(play, input);
  return Promise.resolve(outcome).then((result) => {
    if (as !== undefined) play.keep(as, result);
    return resultOf(result) ?? { ok: true };
  });
}

/** Only what a step can be refused for is told; anything else is an error of the simulator. */
function readable(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error);
  if (error instanceof ImpossibleAction || error instanceof ExpectationFailed) return error.message;
  throw error;
}
