import type { FastifyReply, FastifyRequest } from 'fastify';

const LOOPBACK_ADDRESSES = ['127.0.0.1', '::1', '::ffff:127.0.0.1'];
const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Refuses requests from other machines, and from web pages that reach this one by a name of their own (DNS rebinding) or across
 * origins: whoever gets through may act as anyone.
 */
export async function requireLoopback(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { origin } = request.headers;
  const isOwnOrigin = origin === undefined || origin === `http://${request.host}`;
  if (LOOPBACK_ADDRESSES.includes(request.ip) && LOOPBACK_NAMES.includes(request.hostname) && isOwnOrigin) return;
  await reply.code(403).send({ error: 'Only this machine may do that.' });
}
