import { once } from 'node:events';
import { createServer, request as forward, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeAll, afterAll, describe, expect, inject, it } from 'vitest';
import { startTestApi, type TestApi, TEST_SERVICE_TOKEN } from '../../../api/testing/api.js';
import { type MigratedDatabase, migratedDatabase } from '../../../api/testing/ingest-app.js';
import type { Finding } from './finding.js';
import { checkWeb } from './web.js';

let database: MigratedDatabase;
let api: TestApi | undefined;
let proxy: Server | undefined;

beforeAll(async () => {
  database = await migratedDatabase(inject('postgresUrl'));
});

afterEach(async () => {
  proxy?.closeAllConnections();
  proxy?.close();
  await api?.close();
  api = undefined;
});

afterAll(() => database?.close());

/** The real API behind a reverse proxy that sends it these headers, and what the doctor says of it. */
async function throughProxy(
  trusted: string | undefined,
  headersOf: (received: IncomingHttpHeaders) => IncomingHttpHeaders,
): Promise<Finding[]> {
  proxy = createServer((incoming, outgoing) => {
    const { hostname, port } = new URL(api?.url ?? '');
    const options = {
      hostname,
      port,
      path: incoming.url,
      method: incoming.method,
      headers: headersOf(incoming.headers),
    };
    incoming.pipe(
      forward(options, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      }),
    );
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const webUrl = `http://localhost:${(proxy.address() as AddressInfo).port}`;
  api = await startTestApi(database.url, { WEB_URL: webUrl, ...(trusted && { TRUSTED_PROXIES: trusted }) });
  return checkWeb({ webUrl, serviceToken: TEST_SERVICE_TOKEN });
}

const problems = (findings: Finding[]) => findings.filter(({ level }) => level !== 'ok').map(({ subject }) => subject);

describe('the doctor, with the proxy before Guildhall', () => {
  it('is content with one that overwrites what people claim', async () => {
    const findings = await throughProxy('127.0.0.1,::1', (headers) => ({
      ...headers,
      'x-forwarded-for': '198.51.100.4',
    }));
    expect(problems(findings)).toEqual([]);
    expect(findings.at(-1)?.text).toContain('198.51.100.4');
  });

  it('warns when anybody can claim an address', async () => {
    const findings = await throughProxy('127.0.0.1,::1', (headers) => headers);
    expect(problems(findings)).toEqual(['Proxy: address']);
  });

  it('warns when the protocol arrives wrong', async () => {
    const findings = await throughProxy('127.0.0.1,::1', (headers) => ({
      ...headers,
      'x-forwarded-for': '198.51.100.4',
      'x-forwarded-proto': 'https',
    }));
    expect(problems(findings)).toEqual(['Proxy: protocol']);
  });

  it('says so when something else answers there', async () => {
    proxy = createServer((_request, response) => response.end('hello')).listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const webUrl = `http://localhost:${(proxy.address() as AddressInfo).port}`;
    const [finding] = await checkWeb({ webUrl, serviceToken: TEST_SERVICE_TOKEN });
    expect(finding).toMatchObject({ level: 'problem', text: expect.stringContaining('not this Guildhall') as string });
  });

  it('says so when nothing answers there', async () => {
    const [finding] = await checkWeb({ webUrl: 'http://127.0.0.1:1', serviceToken: TEST_SERVICE_TOKEN });
    expect(finding).toMatchObject({ level: 'problem', text: expect.stringContaining('does not answer') as string });
  });
});
