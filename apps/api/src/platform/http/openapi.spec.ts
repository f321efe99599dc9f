import type { OpenAPIObject } from '@nestjs/swagger';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startTestApi, type TestApi } from '../../../testing/api.js';
import { type MigratedDatabase, migratedDatabase } from '../../../testing/ingest-app.js';
import { describeApi } from './openapi.js';

type Schema = Record<string, unknown>;

let database: MigratedDatabase;
let api: TestApi;
let document: OpenAPIObject;

beforeAll(async () => {
  database = await migratedDatabase(inject('postgresUrl'));
  api = await startTestApi(database.url);
  document = describeApi(api.app);
});

afterAll(async () => {
  await api?.close();
  await database?.close();
});

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

function operations() {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation ? [{ name: `${method.toUpperCase()} ${path}`, method, operation }] : [];
    }),
  );
}

function resolved(schema: Schema | undefined): Schema {
  const name = typeof schema?.$ref === 'string' ? schema.$ref.split('/').at(-1) : undefined;
  if (name === undefined) return schema ?? {};
  return resolved(document.components?.schemas?.[name] as Schema | undefined);
}

const jsonOf = (part: unknown): Schema | undefined =>
  (part as { content?: Record<string, { schema?: Schema }> } | undefined)?.content?.['application/json']?.schema;

describe('the OpenAPI document', () => {
  it('is valid by the specification', async () => {
    // As it is sent: what JSON leaves out is not part of it.
    const { valid, errors } = await new Validator().validate(
      JSON.parse(JSON.stringify(document)) as Record<string, unknown>,
    );
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
    expect(document.openapi).toBe('3.1.0');
  });

  it('names every operation once', () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(ids.filter((id, index) => id === undefined || ids.indexOf(id) !== index)).toEqual([]);
  });

  it('says in words what every operation does', () => {
    expect(
      operations()
        .filter(({ operation }) => !operation.summary)
        .map(({ name }) => name),
    ).toEqual([]);
  });

  it('shows an example of every body and answer that its contract accepts', () => {
    const without = operations().flatMap(({ name, operation }) => {
      const answers = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
      const parts = [['body', operation.requestBody] as const, ...answers];
      return parts
        .filter(([, part]) => jsonOf(part) !== undefined && !('example' in resolved(jsonOf(part))))
        .map(([part]) => `${name}: ${part}`);
    });
    expect(without).toEqual([]);
  });

  it('takes no unknown field in any body', () => {
    const open = operations().flatMap(({ name, operation }) =>
      openObjects(jsonOf(operation.requestBody), 'body').map((place) => `${name}: ${place}`),
    );
    expect(open).toEqual([]);
  });

  it('documents what holds for all operations of a kind', () => {
    for (const { name, method, operation } of operations()) {
      const statuses = Object.keys(operation.responses);
      const parameters = (operation.parameters ?? []).flatMap((parameter) =>
        'name' in parameter ? [parameter.name] : [],
      );
      const isGuarded = 'x-guildhall-capability' in operation;
      expect(statuses, name).toEqual(expect.arrayContaining(['429', '503', 'default']));
      if (operation.security) expect(statuses, name).toContain('401');
      if (isGuarded) {
        expect(statuses, name).toEqual(expect.arrayContaining(['403', '404']));
        expect(operation.security, name).toContainEqual({ apiKey: [] });
      }
      if (parameters.includes('If-Match')) expect(statuses, name).toContain('412');
      if (method === 'post' && isGuarded) {
        expect(parameters, name).toContain('Idempotency-Key');
        expect(statuses, name).toEqual(expect.arrayContaining(['409', '422']));
      }
      if (!operation.security) expect(parameters, name).not.toContain('Idempotency-Key');
    }
  });

  it('documents the version of an answer as its tag', () => {
    const { operation } = operations().find(({ name }) => name === 'POST /api/guilds/{guildId}/api-keys')!;
    expect(operation.responses['201']).toMatchObject({
      headers: {
        ETag: { $ref: '#/components/headers/ETag' },
        RateLimit: { $ref: '#/components/headers/RateLimit' },
        'RateLimit-Policy': { $ref: '#/components/headers/RateLimitPolicy' },
        'Idempotency-Replayed': { $ref: '#/components/headers/IdempotencyReplayed' },
      },
    });
  });
});

/** The places in a schema where an object takes whatever is sent; records say what they take by a schema. */
function openObjects(schema: Schema | undefined, place: string): string[] {
  if (!schema) return [];
  const { type, properties, additionalProperties, items, ...rest } = resolved(schema);
  const inner = [
    ...Object.entries((properties ?? {}) as Record<string, Schema>).map(
      ([name, part]) => [`${place}.${name}`, part] as const,
    ),
    ...(items === undefined ? [] : [[`${place}[]`, items as Schema] as const]),
    ...[rest.anyOf, rest.oneOf, rest.allOf].flatMap((list) =>
      Array.isArray(list) ? (list as Schema[]).map((part) => [place, part] as const) : [],
    ),
  ].flatMap(([where, part]) => openObjects(part, where));
  const takesAnything =
    additionalProperties === undefined || ['true', '{}'].includes(JSON.stringify(additionalProperties));
  const isOpen = type === 'object' && takesAnything;
  return isOpen ? [place, ...inner] : inner;
}
