import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DiscordError, RateLimited, type RateLimitScope } from './errors.js';

export interface RestFault {
  /** Only requests of this method; all when absent. */
  method?: string | undefined;
  /** Only requests whose path, without `/api/v10`, matches this regular expression; all when absent. */
  path?: string | undefined;
  /** Status to answer with; without it and `cut` requests are only slowed down. */
  status?: number | undefined;
  /** Discord's error code in the body, e.g. 50013. */
  code?: number | undefined;
  message?: string | undefined;
  /** For status 429: when to try again. */
  retryAfterSeconds?: number | undefined;
  /** For status 429: what the limit counts; `user` when absent. */
  scope?: RateLimitScope | undefined;
  /** The network breaks: before anything is done, or after it, so that no answer arrives (`after`) or half of it (`within`). */
  cut?: 'before' | 'within' | 'after' | undefined;
  /** How many requests are hit. */
  times: number;
  /** Extra time before the request is seen to, in milliseconds; it is also where the client has given up by then. */
  latencyMs?: number | undefined;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Whether its answer is to be lost, or half of it. */
    answerCut: RestFault['cut'];
  }
}

/** Makes the REST API misbehave on demand. */
export class RestFaults {
  private faults: RestFault[] = [];
  private thawed: Promise<void> | null = null;
  private thaw: () => void = () => undefined;

  /** Adds a fault, in place of an earlier one for the same requests. */
  set(fault: RestFault): void {
    const others = this.faults.filter((it) => it.method !== fault.method || it.path !== fault.path);
    this.faults = [...others, { ...fault }];
  }

  clear(): void {
    this.faults = [];
  }

  /** While frozen, requests are accepted and not answered. */
  freeze(isFrozen: boolean): void {
    this.thaw();
    this.thawed = null;
    if (isFrozen) this.thawed = new Promise((resolve) => (this.thaw = resolve));
  }

  /** Lets the routes of a scope fail. `pathOf` gives the path of a request without the prefix of the version. */
  install(scope: FastifyInstance, pathOf: (request: FastifyRequest) => string): void {
    scope.decorateRequest('answerCut');
    scope.addHook('preHandler', async (request, reply) => this.apply(request, reply, pathOf(request)));
    scope.addHook('onSend', async (request, reply, payload) => cutAnswer(request, reply, payload));
  }

  /** Waits, cuts and throws as asked. @throws DiscordError with the status and code of the fault */
  private async apply(request: FastifyRequest, reply: FastifyReply, path: string): Promise<void> {
    await this.thawed;
    const fault = this.faults.find((it) => it.times > 0 && fits(it, { method: request.method, path }));
    if (!fault) return;
    fault.times -= 1;
    const { status, code = 0, latencyMs, cut, scope = 'user' } = fault;
    if (latencyMs) await delay(latencyMs);
    if (cut === 'before') {
      reply.hijack();
      request.raw.socket.resetAndDestroy();
      return;
    }
    request.answerCut = cut;
    if (status === 429) throw new RateLimited(fault.retryAfterSeconds ?? 1, { scope });
    if (status) throw new DiscordError(status, code, fault.message ?? `${status}: Fault on request`);
  }
}

function cutAnswer(request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  if (request.answerCut === undefined) return payload;
  if (request.answerCut === 'within' && typeof payload === 'string' && payload !== '') {
    const bytes = Buffer.from(payload);
    void reply.header('content-length', bytes.length);
    return Readable.from(firstHalf(bytes));
  }
  request.raw.socket.resetAndDestroy();
  return payload;
}

async function* firstHalf(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes.subarray(0, bytes.length / 2);
  throw new Error('Cut on request');
}

function fits({ method, path }: RestFault, request: { method: string; path: string }): boolean {
  return (
    (method === undefined || method.toUpperCase() === request.method) &&
    (path === undefined || new RegExp(path).test(request.path))
  );
}
