import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Health } from '@guildhall/contracts';
import type { Registry } from 'prom-client';

export interface StatusSource {
  health: () => Health;
  registry: Registry;
}

/** An HTTP server that answers `/health`, `/health/live`, `/health/ready` and `/metrics`, and 404 otherwise. */
export function createStatusServer(source: StatusSource): Server {
  return createServer((request, response) => void answer(source, request, response));
}

async function answer(source: StatusSource, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url?.split('?', 1)[0];
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return sendJson(response, 405, { error: 'method not allowed' });
  if (path === '/health/live') return sendJson(response, 200, { status: 'alive' });
  if (path === '/health' || path === '/health/ready') {
    const health = source.health();
    return sendJson(response, health.status === 'healthy' ? 200 : 503, health);
  }
  if (path === '/metrics') {
    const text = await source.registry.metrics();
    response.writeHead(200, { 'content-type': source.registry.contentType }).end(text);
    return;
  }
  sendJson(response, 404, { error: 'not found' });
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
    .end(JSON.stringify(body));
}
