import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CAPABILITIES, newApiKeySchema, problemCode, problemSchema, problemTable } from '@guildhall/contracts';
import type { OpenAPIObject } from '@nestjs/swagger';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { id } from '../testing/bot-events.js';
import { DiscordStage } from '../testing/discord-stage.js';
import {
  fieldsOf,
  type GeneratedRequest,
  type Operation,
  operationsOf,
  requestsOf,
} from '../testing/openapi-requests.js';
import { signIn } from '../testing/people.js';
import { describeApi } from './platform/http/openapi.js';

/** How many requests are made in all; far more where time matters less. */
const REQUESTS = Number(process.env.PROPERTY_REQUESTS ?? (process.env.CI ? 20_000 : 2_000));
const CONCURRENCY = 12;

const callers = ['anonymous', 'stranger', 'lead', 'owner', 'apiKey'] as const;
type Caller = (typeof callers)[number];

/** Discord is there, and the database; a bot is not. */
const awayCodes: ReadonlySet<string> = new Set(['bot-unreachable']);

let stage: DiscordStage;
let folder: string;
let apiKey: string;
let document: OpenAPIObject;
let sent = 0;
const statuses = new Map<number, number>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guildhall-properties-'));
  stage = await DiscordStage.set(inject('postgresUrl'), undefined, { GUILDHALL_DATA_DIR: folder });
  document = describeApi(stage.api.app);
  const body = { name: 'Properties', capabilities: CAPABILITIES };
  const response = await stage.as('owner', 'POST', `/api/guilds/${stage.guildId}/api-keys`, body);
  apiKey = newApiKeySchema.parse(await response.json()).key;
});

afterAll(async () => {
  await stage?.strike();
  await rm(folder, { recursive: true, force: true });
  const summary = [...statuses].toSorted(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`);
  process.stdout.write(`${sent} generated requests were answered (${summary.join(', ')})\n`);
});

/** Tokens by caller and operation, made again when a request has ended the session or erased the account. */
const tokens = new Map<string, Promise<string>>();

async function headersOf(caller: Caller, scope: string): Promise<Record<string, string>> {
  if (caller === 'anonymous') return {};
  if (caller === 'apiKey') return { authorization: `Bearer ${apiKey}` };
  if (scope === '') return { authorization: `Bearer ${await stage.tokenOf(caller)}` };
  const name = `${caller} ${scope}`;
  const token = tokens.get(name) ?? signInDisposable();
  tokens.set(name, token);
  return { authorization: `Bearer ${await token}` };
}

let disposables = 0;

/** Whoever may end sessions or delete accounts is somebody of their own, and somebody else each time. */
async function signInDisposable(): Promise<string> {
  const { api, database } = stage;
  return (await signIn(api.app, database.database, id(5_000_000 + (disposables += 1)))).accessToken;
}

/** Whose requests may end the session they are made with. */
function scopeOf({ template, name }: Operation): string {
  return template.startsWith('/api/auth/') ? name : '';
}

function server() {
  return stage.api.app.getHttpAdapter().getInstance();
}

async function check(operation: Operation, request: GeneratedRequest, caller: Caller): Promise<void> {
  const scope = scopeOf(operation);
  const headers = { ...request.headers, ...(await headersOf(caller, scope)) };
  // Safe: the methods come from the document.
  const method = request.method as 'GET';
  const response = await server().inject({ ...request, method, headers });
  sent += 1;
  const { statusCode: status } = response;
  statuses.set(status, (statuses.get(status) ?? 0) + 1);
  // Whatever ended the session shows at the next request that is made with it.
  if (scope !== '' && status === 401) tokens.delete(`${caller} ${scope}`);
  const isHealth = operation.template.startsWith('/health');
  if (status >= 400 && !isHealth) expectProblem(response.body, { status, headers: response.headers });
  // An empty or dotted parameter leads to another address.
  if (operation.template.includes('{') && (status === 404 || status === 405)) return;
  expect(operation.statuses, `${operation.name} answered ${status}: ${response.body.slice(0, 300)}`).toContain(
    String(status),
  );
}

function expectProblem(body: string, { status, headers }: { status: number; headers: object }): void {
  const problem = problemSchema.strict().parse(JSON.parse(body));
  const code = problemCode(problem);
  expect(headers).toMatchObject({
    'content-type': expect.stringMatching(/^application\/problem\+json\b/),
    'x-request-id': problem.requestId,
  });
  expect([problem.status, problemTable[code].status]).toEqual([status, status]);
  if (status >= 500) expect(awayCodes, body).toContain(code);
}

/** The share of each operation, by how much of it can be varied. */
function shares(operations: readonly Operation[]): Map<string, number> {
  const weights = operations.map((operation) => 1 + fieldsOf(operation, document));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return new Map(operations.map(({ name }, index) => [name, Math.ceil((REQUESTS * (weights[index] ?? 1)) / total)]));
}

describe('every operation of the document', () => {
  it(
    'answers whatever is sent with a documented status, and never with a fault of ours',
    { timeout: 900_000 },
    async () => {
      const operations = operationsOf(document);
      const runs = shares(operations);
      const waiting = [...operations];
      const faults: string[] = [];
      await Promise.all(Array.from({ length: CONCURRENCY }, work));
      expect(faults.join('\n\n')).toBe('');
      expect(sent).toBeGreaterThanOrEqual(REQUESTS);

      async function work(): Promise<void> {
        for (let operation = waiting.pop(); operation; operation = waiting.pop()) {
          const fault = await faultOf(operation, runs.get(operation.name) ?? 1);
          if (fault !== null) faults.push(fault);
        }
      }
    },
  );

  /** The smallest request that an operation answers wrongly, with the seed that finds it again; null without one. */
  async function faultOf(operation: Operation, numRuns: number): Promise<string | null> {
    const { guildId, channelId, people, roles } = stage;
    const known = {
      ...{ guildId: [guildId], channelId: [channelId] },
      userId: [people.fan, people.newcomer, people.owner, people.stranger],
      roleId: [roles.fan, roles.moderator, roles.bot],
    };
    const property = fc.asyncProperty(
      requestsOf(operation, document, known),
      fc.constantFrom(...callers),
      (request, caller) => check(operation, request, caller),
    );
    const { failed, counterexample, errorInstance, seed, counterexamplePath } = await fc.check(property, { numRuns });
    if (!failed) return null;
    const [request, caller] = counterexample ?? [];
    return `${operation.name} as ${caller}: ${JSON.stringify(request)}\n${String(errorInstance)}\n(seed ${seed}, path ${counterexamplePath})`;
  }
});
