import type { FastifyInstance } from 'fastify';

/** Gives every answer its request id and keeps what the API says out of caches. */
export function markAnswers(server: FastifyInstance): void {
  server.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id);
    if (isApiPath(request.url)) void reply.header('cache-control', 'no-store');
  });
}

/** Whether an address belongs to the API rather than to the pages. */
export function isApiPath(url: string): boolean {
  return /^\/api(?:[/?#]|$)/.test(url);
}
