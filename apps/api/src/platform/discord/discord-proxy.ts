import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ServiceCredential } from '../identity/service-credential.js';
import { DomainError } from '../problems/domain-error.js';
import { sendProblem } from '../problems/render-problem.js';
import { problemOfDiscord } from './discord-problems.rules.js';
import { DiscordTransport } from './discord-transport.js';

/** Where bots send what they ask of Discord; the rest of the address is Discord's own, with the version. */
const DISCORD_PROXY_PATH = '/api/internal/discord';
/** Marks what came of a request that was sent to Discord; an answer of ours without it means that it was not. */
const DISCORD_ANSWER_HEADER = 'x-guildhall-discord';

const BEARER = /^Bearer (\S+)$/i;
const DISCORD_PATH = /^\/v\d+\/[\w\-./~:@%]+$/;
const REQUEST_HEADERS = ['content-type', 'user-agent', 'x-audit-log-reason', 'accept-language'];
const ANSWER_HEADERS = /^(?:content-type|retry-after|x-ratelimit-.*)$/;
const BODY_LIMIT_BYTES = 8 * 1024 * 1024;

/**
 * Hands the bots' requests on to Discord, so that they count in the same limits as ours. Beside Nest's routes, as bodies pass
 * as they are and no limit of callers applies.
 */
@Injectable()
export class DiscordProxy implements OnModuleDestroy, OnModuleInit {
  private isStopping = false;

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly credential: ServiceCredential,
    private readonly transport: DiscordTransport,
  ) {}

  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    server.register(async (scope) => {
      // A bot never runs out of requests, and would keep its connection and so the stop for ever.
      scope.addHook('onSend', async (_request, reply) => {
        if (this.isStopping) void reply.header('connection', 'close');
      });
      scope.removeAllContentTypeParsers();
      const asItIs = { parseAs: 'buffer' as const, bodyLimit: BODY_LIMIT_BYTES };
      scope.addContentTypeParser('*', asItIs, (_request, body, done) => done(null, body));
      scope.all(`${DISCORD_PROXY_PATH}/*`, (request, reply) => this.handle(request, reply));
    });
  }

  onModuleDestroy(): void {
    this.isStopping = true;
  }

  private async handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    try {
      return await this.passOn(request, reply, gone.signal);
    } catch (error) {
      const problem = problemOfDiscord(error);
      // The request may have reached Discord, and must not be sent another way; any other problem kept it from being sent.
      if (problem.code === 'discord-unavailable') void reply.header(DISCORD_ANSWER_HEADER, 'unavailable');
      sendProblem(problem, request, reply);
      return reply;
    }
  }

  /** @throws DomainError `unauthenticated`, `bad-request`, and what the transport throws */
  private async passOn(request: FastifyRequest, reply: FastifyReply, signal: AbortSignal): Promise<FastifyReply> {
    const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined || !this.credential.matches(token)) throw new DomainError('unauthenticated');
    const path = request.url.slice(DISCORD_PROXY_PATH.length);
    const [pathname = ''] = path.split('?', 1);
    if (!DISCORD_PATH.test(pathname) || /(?:^|\/)\.\.?(?:\/|$)|%2[ef]/i.test(pathname))
      throw new DomainError('bad-request');
    const answer = await this.transport.send({
      method: request.method,
      path,
      headers: chosen(request),
      // Safe: the one parser of this scope gives buffers, and without a body there is none.
      body: request.body as Buffer<ArrayBuffer> | undefined,
      signal,
    });
    const headers = [...answer.headers].filter(([name]) => ANSWER_HEADERS.test(name));
    return reply
      .code(answer.status)
      .headers({ ...Object.fromEntries(headers), [DISCORD_ANSWER_HEADER]: 'answered' })
      .send(Buffer.from(await answer.arrayBuffer()));
  }
}

function chosen({ headers }: FastifyRequest): Record<string, string> {
  return Object.fromEntries(
    REQUEST_HEADERS.flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]]] : [])),
  );
}
