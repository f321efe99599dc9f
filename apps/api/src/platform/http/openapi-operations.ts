import type { OpenAPIObject } from '@nestjs/swagger';
import { CAPABILITY_EXTENSION } from '../access/require-capability.js';
import { ROLE_EXTENSION } from '../access/require-role.js';
import { IGNORES_IDEMPOTENCY_KEY_EXTENSION } from '../idempotency/idempotency-key.js';
import { IDEMPOTENCY_KEY_HEADER, IDEMPOTENCY_KEY_PATTERN } from '../idempotency/idempotency.rules.js';
import { PROBLEM_MEDIA_TYPE } from '../problems/render-problem.js';
import { IF_MATCH_HEADER } from './if-match.js';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Responses = Operation['responses'];

/** What decides how an operation can be called, and how it can fail. */
interface Traits {
  isGuarded: boolean;
  isForAdministrators: boolean;
  isForAccounts: boolean;
  hasAddress: boolean;
  takesInput: boolean;
  /** Whoever sends a body to a write that takes none is told so where the body cannot be read. */
  isWrite: boolean;
  takesVersion: boolean;
  takesIdempotencyKey: boolean;
}

/** Says of every operation what holds for all of its kind: who may call it, by which headers, and how it can fail. */
export function describeOperations(document: OpenAPIObject): void {
  document.components = { ...document.components, headers: { ...document.components?.headers, ...headers } };
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = path[method];
      if (operation) describeOperation(operation, method, document);
    }
  }
}

function describeOperation(operation: Operation, method: (typeof METHODS)[number], document: OpenAPIObject): void {
  const isWrite = method !== 'get';
  const isForAccounts = operation.security !== undefined;
  const takesIdempotencyKey = method === 'post' && isForAccounts && !(IGNORES_IDEMPOTENCY_KEY_EXTENSION in operation);
  const parameters = [...(operation.parameters ?? []), ...(takesIdempotencyKey ? [idempotencyKeyParameter] : [])];
  operation.parameters = parameters;
  const traits: Traits = {
    isGuarded: CAPABILITY_EXTENSION in operation,
    isForAdministrators: ROLE_EXTENSION in operation,
    isForAccounts,
    hasAddress: parameters.some((parameter) => 'in' in parameter && parameter.in === 'path'),
    takesInput: parameters.length > 0 || isWrite,
    isWrite,
    takesVersion: parameters.some((parameter) => 'name' in parameter && parameter.name === IF_MATCH_HEADER),
    takesIdempotencyKey,
  };
  // A key of the guild is as good there as a person.
  if (traits.isGuarded && operation.security) operation.security = [...operation.security, { apiKey: [] }];
  addProblems(operation.responses, traits);
  addHeaders(operation.responses, traits, document);
}

/** In this order: the first one that applies to a status describes it. */
const problems: readonly (readonly [status: string, trait: keyof Traits | null, description: string])[] = [
  ['400', 'takesInput', 'Some values are not acceptable.'],
  ['401', 'isForAccounts', 'Not signed in, or the token has expired.'],
  ['403', 'isGuarded', 'The guild is visible, but the capability is missing.'],
  ['403', 'isForAdministrators', 'Only an administrator of this Guildhall may do this.'],
  ['404', 'isGuarded', 'Absent, or invisible to the caller.'],
  ['404', 'hasAddress', 'Absent.'],
  ['409', 'takesIdempotencyKey', 'A request with this idempotency key is under way (`request-in-flight`).'],
  ['412', 'takesVersion', 'Somebody changed it in the meantime: this is not its version any more.'],
  ['413', 'isWrite', 'The body is larger than 1 MiB.'],
  ['415', 'isWrite', 'The body is not JSON.'],
  ['422', 'takesIdempotencyKey', 'The idempotency key belongs to another request.'],
  ['429', null, 'Too many requests of this kind; `Retry-After` says when to go on.'],
  ['503', null, 'Something that this needs is away: the database, Discord or the bot. Try again later.'],
  ['default', null, 'Any other problem.'],
];

/** What a route says of its own failures stays; every one of them is a problem document. */
function addProblems(responses: Responses, traits: Traits): void {
  for (const [status, trait, description] of problems) {
    if (trait === null || traits[trait]) responses[status] ??= { description };
  }
  for (const [status, response] of Object.entries(responses)) {
    if (response === undefined || !/^[45]\d\d$|^default$/.test(status) || 'content' in response) continue;
    Object.assign(response, {
      content: { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
    });
  }
}

const headers = {
  RateLimit: {
    description: 'What is left of the allowance (`r`) and when it is whole again (`t`, in seconds).',
    schema: { type: 'string', examples: ['"read";r=599;t=60'] },
  },
  RateLimitPolicy: {
    description: 'The allowance of the caller for this kind of request (`q`) and its window (`w`, in seconds).',
    schema: { type: 'string', examples: ['"read";q=600;w=60'] },
  },
  RetryAfter: {
    description: 'Seconds after which it is worth trying again.',
    schema: { type: 'integer', minimum: 1, examples: [17] },
  },
  ETag: {
    description: 'The version of the answer, for `If-Match`.',
    schema: { type: 'string', examples: ['"7"'] },
  },
  IdempotencyReplayed: {
    description: '`true` where this is the answer to an earlier request with the same key, and nothing was done.',
    schema: { type: 'string', const: 'true' },
  },
} as const;

const reference = (name: keyof typeof headers) => ({ $ref: `#/components/headers/${name}` });

const idempotencyKeyParameter = {
  name: IDEMPOTENCY_KEY_HEADER,
  in: 'header',
  required: false,
  description:
    'Makes the request safe to send again: for 24 hours, the same request of the same caller with the same key gets the first answer, and nothing is done twice. An answer of 5xx or 429 is not kept: the next request is carried out, unless the first one had made a change.',
  schema: {
    type: 'string',
    minLength: 1,
    maxLength: 255,
    pattern: IDEMPOTENCY_KEY_PATTERN.source,
    examples: ['0198c2f0-5f3a-7cc1-b0a2-1f3c5d7e9a10'],
  },
} satisfies NonNullable<Operation['parameters']>[number];

function addHeaders(responses: Responses, traits: Traits, document: OpenAPIObject): void {
  for (const [status, response] of Object.entries(responses)) {
    if (response === undefined || '$ref' in response) continue;
    const isDone = status.startsWith('2');
    response.headers = {
      ...response.headers,
      RateLimit: reference('RateLimit'),
      'RateLimit-Policy': reference('RateLimitPolicy'),
      ...(isDone && hasVersion(response, document) && { ETag: reference('ETag') }),
      ...(isDone && traits.takesIdempotencyKey && { 'Idempotency-Replayed': reference('IdempotencyReplayed') }),
      ...((status === '429' || status === '503') && { 'Retry-After': reference('RetryAfter') }),
    };
  }
}

function hasVersion(response: object, { components }: OpenAPIObject): boolean {
  const { content } = response as { content?: Record<string, { schema?: { $ref?: string } }> };
  const schema = content?.['application/json']?.schema;
  const name = schema?.$ref?.split('/').at(-1);
  const resolved = name === undefined ? schema : components?.schemas?.[name];
  const { properties } = (resolved ?? {}) as { properties?: Record<string, { type?: string }> };
  return properties?.version?.type === 'integer';
}
