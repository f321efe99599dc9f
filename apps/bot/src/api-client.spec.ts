import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { INTERACTION_CONTEXT_HEADER, PROBLEM_TYPE_BASE, interactionContextSchema } from '@guildhall/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ApiClient, ApiProblem } from './api-client.js';

const context = interactionContextSchema.parse({
  guildId: '800000000000000001',
  userId: '800000000000000003',
  roleIds: [],
  permissions: '0',
  locale: 'fr',
});
const schema = z.object({ name: z.string() });

let server: Server;
let url: string;
let handle: (request: IncomingMessage, response: ServerResponse) => void;

beforeEach(async () => {
  server = createServer((request, response) => handle(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const get = (timeoutMs?: number) =>
  new ApiClient(url, 'the service token', timeoutMs).get('/api/thing', schema, context);

async function problemOf(promise: Promise<unknown>): Promise<ApiProblem> {
  const error = await promise.catch((reason: unknown) => reason);
  if (error instanceof ApiProblem) return error;
  throw new Error('this was no problem');
}

describe('the client of the API', () => {
  it('says for whom it calls, and parses the answer', async () => {
    let seen: IncomingMessage | undefined;
    handle = (request, response) => {
      seen = request;
      response.end('{"name":"Guildhall"}');
    };
    expect(await get()).toEqual({ name: 'Guildhall' });
    expect(seen?.url).toBe('/api/thing');
    expect(seen?.headers.authorization).toBe('Bearer the service token');
    const header = String(seen?.headers[INTERACTION_CONTEXT_HEADER]);
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual(context);
  });

  it("carries the API's problems", async () => {
    handle = (_request, response) => {
      const problem = { type: `${PROBLEM_TYPE_BASE}missing-capability`, title: 'No', status: 403, requestId: 'abc' };
      response.writeHead(403, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem));
    };
    expect(await problemOf(get())).toMatchObject({ code: 'missing-capability', requestId: 'abc' });
  });

  it('finds the API unavailable when it does not answer', async () => {
    handle = () => undefined;
    expect((await problemOf(get(200))).code).toBe('unavailable');
  });

  it('finds the API unavailable when nobody listens', async () => {
    server.close();
    expect((await problemOf(get(200))).code).toBe('unavailable');
  });

  it('waits briefly for an API that is just starting', async () => {
    const port = Number(new URL(url).port);
    server.close();
    await once(server, 'close');
    const answer = get();
    handle = (_request, response) => response.end('{"name":"late"}');
    server = createServer((request, response) => handle(request, response)).listen(port, '127.0.0.1');
    expect(await answer).toEqual({ name: 'late' });
  });

  it('finds the API unavailable behind a proxy that says so', async () => {
    handle = (_request, response) => response.writeHead(502).end('<h1>Bad Gateway</h1>');
    expect((await problemOf(get())).code).toBe('unavailable');
  });

  it('does not pass on an answer of another shape', async () => {
    handle = (_request, response) => response.end('{"title":"?"}');
    expect((await problemOf(get())).code).toBe('internal-error');
  });
});
