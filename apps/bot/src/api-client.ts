import { setTimeout as wait } from 'node:timers/promises';
import {
  INTERACTION_CONTEXT_HEADER,
  problemCode,
  problemSchema,
  type InteractionContext,
  type ProblemCode,
} from '@guildhall/contracts';
import type { z } from 'zod';

/** Discord wants a first answer within 3 s; the API has a little less. */
const TIMEOUT_MS = 2_500;
const RETRY_DELAY_MS = 300;

/** The API answered with a problem, or did not answer at all (`unavailable`). */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    /** Finds the request in the API's log. */
    readonly requestId: string | undefined,
    options?: ErrorOptions,
  ) {
    super(`${code}: ${detail}`, options);
  }
}

/** Calls the API with the bot's own credential, for a person or for itself. */
export class ApiClient {
  constructor(
    private readonly baseUrl: string,
    private readonly serviceToken: string,
    private readonly timeoutMs = TIMEOUT_MS,
  ) {}

  /**
   * Reads a resource, for a person or, without a context, for the bot itself; an API that is just starting is tried again
   * within 2.5 s.
   * @throws ApiProblem for everything but a good answer
   */
  async get<T extends z.ZodType>(path: string, schema: T, context?: InteractionContext): Promise<z.infer<T>> {
    const headers = this.#headers(context);
    const signal = AbortSignal.timeout(this.timeoutMs);
    for (;;) {
      try {
        return await readAnswer(await fetch(new URL(path, this.baseUrl), { headers, signal }), schema);
      } catch (error) {
        if (error instanceof ApiProblem) throw error;
        if (signal.aborted) throw unavailable(error);
      }
      await wait(RETRY_DELAY_MS, undefined, { signal }).catch((error: unknown) => {
        throw unavailable(error);
      });
    }
  }

  #headers(context: InteractionContext | undefined): Record<string, string> {
    return {
      accept: 'application/json, application/problem+json',
      authorization: `Bearer ${this.serviceToken}`,
      ...(context && { [INTERACTION_CONTEXT_HEADER]: Buffer.from(JSON.stringify(context)).toString('base64url') }),
    };
  }
}

async function readAnswer<T extends z.ZodType>(response: Response, schema: T): Promise<z.infer<T>> {
  const text = await response.text();
  if (response.ok) {
    const answer = schema.safeParse(parseJson(text));
    if (answer.success) return answer.data;
    throw new ApiProblem('internal-error', 'the answer was not understood', undefined, { cause: answer.error });
  }
  const problem = problemSchema.safeParse(parseJson(text));
  if (problem.success) {
    throw new ApiProblem(problemCode(problem.data), problem.data.detail ?? problem.data.title, problem.data.requestId);
  }
  // A proxy in between answers in its own way when the API is away.
  throw new ApiProblem(response.status >= 500 ? 'unavailable' : 'internal-error', `HTTP ${response.status}`, undefined);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ApiProblem('unavailable', 'the answer is not JSON', undefined, { cause: error });
  }
}

function unavailable(cause: unknown): ApiProblem {
  return new ApiProblem('unavailable', 'the API did not answer in time', undefined, { cause });
}
