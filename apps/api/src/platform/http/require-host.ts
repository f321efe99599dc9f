import type { FastifyInstance } from 'fastify';
import type { ApiConfig } from '../../config.js';
import { DomainError } from '../problems/domain-error.js';
import { sendProblem } from '../problems/render-problem.js';
import { allowedHosts, isHostAllowed } from './allowed-hosts.rules.js';

/** Probes and scrapers come by address, and learn nothing that is secret. */
const OPEN_PATHS = /^\/(?:health(?:\/|$|\?)|metrics(?:$|\?))/;

/** Refuses what was meant for somebody else, or made to look as if it was meant for us. */
export function requireOwnHost(server: FastifyInstance, config: ApiConfig): void {
  const allowed = allowedHosts(config);
  server.addHook('onRequest', async (request, reply) => {
    if (isHostAllowed(request.host, allowed) || OPEN_PATHS.test(request.url)) return;
    const detail = `Open Guildhall at ${config.WEB_URL}, or name this host in ALLOWED_HOSTS.`;
    sendProblem(new DomainError('misdirected-request', { detail, logLevel: 'debug' }), request, reply);
    return reply;
  });
}
