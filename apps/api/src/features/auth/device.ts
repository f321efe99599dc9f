import type { FastifyRequest } from 'fastify';
import type { Device } from './sessions.service.js';

/** Longer ones tell nothing more about a browser. */
const MAX_USER_AGENT_LENGTH = 300;

/** From where a request comes, as its owner will recognise it. */
export function deviceOf(request: FastifyRequest): Device {
  return { userAgent: request.headers['user-agent']?.slice(0, MAX_USER_AGENT_LENGTH) ?? null, ipAddress: request.ip };
}
