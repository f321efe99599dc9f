import type { OpenAPIObject } from '@nestjs/swagger';
import fc from 'fast-check';
import { nastyValue } from './nasty-values.js';

type Schema = Record<string, unknown>;

/** One operation of the document, taken apart. */
export interface Operation {
  /** As in `GET /api/guilds/{guildId}`. */
  name: string;
  method: string;
  template: string;
  path: Record<string, Schema>;
  query: Record<string, Schema>;
  headers: Record<string, Schema>;
  body: Schema | null;
  statuses: ReadonlySet<string>;
}

/** A request as it goes out. */
export interface GeneratedRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  payload?: string;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

interface Parameter {
  name: string;
  in: string;
  schema: Schema;
}

/** Every operation of a document. */
export function operationsOf({ paths }: OpenAPIObject): Operation[] {
  return Object.entries(paths).flatMap(([template, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      if (!operation) return [];
      const parameters = (operation.parameters ?? []) as unknown as Parameter[];
      const named = (place: string) =>
        Object.fromEntries(parameters.filter((one) => one.in === place).map(({ name, schema }) => [name, schema]));
      const { content } = (operation.requestBody ?? {}) as { content?: Record<string, { schema?: Schema }> };
      return {
        ...{ name: `${method.toUpperCase()} ${template}`, method: method.toUpperCase(), template },
        ...{ path: named('path'), query: named('query'), headers: named('header') },
        body: content?.['application/json']?.schema ?? null,
        statuses: new Set(Object.keys(operation.responses)),
      };
    }),
  );
}

/** How much of an operation can be varied: its parameters, and the fields of its body. */
export function fieldsOf({ path, query, headers, body }: Operation, document: OpenAPIObject): number {
  const { properties } = body ? resolve(body, document) : {};
  const count = [path, query, headers, (properties ?? {}) as object].map((fields) => Object.keys(fields).length);
  return count.reduce((sum, one) => sum + one, 0);
}

/**
 * Requests of an operation: most of their fields fit its schemas, and some are anything at all.
 * @param known values that exist, by the name of the parameter or field
 */
export function requestsOf(
  operation: Operation,
  document: OpenAPIObject,
  known: Readonly<Record<string, readonly string[]>>,
): fc.Arbitrary<GeneratedRequest> {
  const values = new SchemaValues(document, known);
  return fc
    .record({
      path: values.fields(operation.path, { isOptional: false }),
      query: values.fields(operation.query, { isOptional: true }),
      headers: values.fields(operation.headers, { isOptional: true }),
      body: operation.body ? values.of(operation.body) : fc.constant(undefined),
      strayBody: fc.oneof({ weight: 30, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: strayBody }),
      strayQuery: fc.oneof({ weight: 30, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: strayQuery }),
    })
    .map(({ path, query, headers, body, strayBody: stray, strayQuery: extra }) => {
      const search = new URLSearchParams(pairsOf({ ...query, ...extra })).toString();
      const url = operation.template.replaceAll(/\{(\w+)\}/g, (_, name: string) => segment(path[name]));
      const sent = stray ?? (body === undefined ? null : { text: JSON.stringify(body), type: 'application/json' });
      return {
        method: operation.method,
        url: search === '' ? url : `${url}?${search}`,
        headers: { ...headerTexts(headers), ...(sent && { 'content-type': sent.type }) },
        ...(sent && { payload: sent.text }),
      };
    });
}

const strayBody = fc.record({
  text: fc.constantFrom('', '{', '[]', 'null', '"text"', '17', '{"a":', '\u0000', '['.repeat(50_000), '{"a":1}{"b":2}'),
  type: fc.constantFrom('application/json', 'application/json; charset=utf-16', 'text/plain', 'application/xml', 'x'),
});

const strayQuery = fc.dictionary(fc.string({ maxLength: 20 }), fc.string({ maxLength: 50 }), { maxKeys: 3 });

function textOf(value: unknown): string {
  return (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toWellFormed();
}

function pairsOf(fields: Record<string, unknown>): [string, string][] {
  return Object.entries(fields).flatMap(([name, value]) =>
    (Array.isArray(value) ? value.slice(0, 20) : [value]).map((one): [string, string] => [name, textOf(one)]),
  );
}

function segment(value: unknown): string {
  return encodeURIComponent(textOf(value)).slice(0, 2_000);
}

/** Headers hold visible characters; HTTP clients refuse to send others. */
function headerTexts(headers: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      textOf(value)
        .replaceAll(/[^\x20-\x7e]/g, '?')
        .slice(0, 500),
    ]),
  );
}

function resolve(schema: Schema, document: OpenAPIObject): Schema {
  const name = typeof schema.$ref === 'string' ? schema.$ref.split('/').at(-1) : undefined;
  // Safe: a spec of its own proves that every reference leads somewhere.
  return name === undefined ? schema : resolve(document.components?.schemas?.[name] as Schema, document);
}

const MAX_DEPTH = 6;

/** Makes values of the document's schemas, with something nasty in one of eight places. */
class SchemaValues {
  constructor(
    private readonly document: OpenAPIObject,
    private readonly known: Readonly<Record<string, readonly string[]>>,
  ) {}

  of(schema: Schema, name = '', depth = 0): fc.Arbitrary<unknown> {
    if (depth > MAX_DEPTH) return fc.constant(null);
    const fitting = this.fitting(resolve(schema, this.document), name, depth);
    const existing = this.known[name] ?? [];
    return fc.oneof(
      { weight: existing.length > 0 ? 3 : 7, arbitrary: fitting },
      ...(existing.length > 0 ? [{ weight: 5, arbitrary: fc.constantFrom(...existing) }] : []),
      { weight: 1, arbitrary: nastyValue },
    );
  }

  fields(
    schemas: Record<string, Schema>,
    { isOptional = false, depth = 0 } = {},
  ): fc.Arbitrary<Record<string, unknown>> {
    const arbitraries = Object.fromEntries(
      Object.entries(schemas).map(([name, schema]) => [name, this.of(schema, name, depth)]),
    );
    return fc.record(arbitraries, isOptional ? { requiredKeys: [] } : {}) as fc.Arbitrary<Record<string, unknown>>;
  }

  private fitting(schema: Schema, name: string, depth: number): fc.Arbitrary<unknown> {
    if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as unknown[]));
    if ('const' in schema) return fc.constant(schema.const);
    const choices = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined;
    if (choices) return fc.oneof(...choices.map((choice) => this.of(choice, name, depth + 1)));
    switch (schema.type) {
      case 'object':
        return this.object(schema, depth);
      case 'array': {
        const maxLength = Math.min(Number(schema.maxItems ?? 5), 30);
        const item = this.of((schema.items ?? {}) as Schema, name, depth + 1);
        return fc.array(item, { minLength: Math.min(Number(schema.minItems ?? 0), maxLength), maxLength });
      }
      case 'string':
        return textFor(schema);
      case 'integer':
        return fc.integer({
          min: Math.max(Number(schema.minimum ?? -1_000), -(2 ** 31)),
          max: Math.min(Number(schema.maximum ?? 1_000), 2 ** 31 - 1),
        });
      case 'number':
        return fc.double({ noNaN: true });
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      default:
        return fc.jsonValue({ maxDepth: 2 });
    }
  }

  private object(schema: Schema, depth: number): fc.Arbitrary<unknown> {
    const properties = (schema.properties ?? {}) as Record<string, Schema>;
    const required = (schema.required ?? []) as string[];
    const arbitraries = Object.fromEntries(
      Object.entries(properties).map(([name, property]) => [name, this.of(property, name, depth + 1)]),
    );
    const whole = fc.record(arbitraries, { requiredKeys: required });
    const partial = fc.record(arbitraries, { requiredKeys: [] });
    const extra = fc.record({ whole, name: fc.string({ maxLength: 30 }), value: nastyValue });
    return fc.oneof(
      { weight: 10, arbitrary: whole },
      { weight: 2, arbitrary: partial },
      { weight: 1, arbitrary: extra.map(({ whole: fields, name, value }) => ({ ...fields, [name]: value })) },
    );
  }
}

function textFor(schema: Schema): fc.Arbitrary<string> {
  const [minLength, maxLength] = [Number(schema.minLength ?? 0), Math.min(Number(schema.maxLength ?? 200), 5_000)];
  const given = typeof schema.example === 'string' ? [fc.constant(schema.example)] : [];
  switch (schema.format) {
    case 'uuid':
      return fc.uuid();
    case 'email':
      return fc.oneof(fc.emailAddress(), ...given);
    case 'date-time':
      return fc
        .date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') })
        .map((date) => date.toISOString());
  }
  if (typeof schema.pattern === 'string') return fc.oneof(...given, matching(schema.pattern));
  return fc.oneof(...given, fc.string({ minLength, maxLength, unit: 'grapheme' }), besetText(maxLength));
}

/** Short enough for its field, with a character that a database, a pattern or a page may stumble over. */
function besetText(maxLength: number): fc.Arbitrary<string> {
  const character = fc.constantFrom('\u0000', '\ud800', '\u202e', '\u0007', '%', '_', '\\', "'", '"', '$', '<', '\r\n');
  const part = fc.string({ maxLength: 10 });
  return fc.tuple(part, character, part).map((parts) => parts.join('').slice(0, maxLength));
}

/** fast-check reads most patterns; of those with classes of Unicode, which it would spell out, any text has to do. */
function matching(pattern: string): fc.Arbitrary<string> {
  if (/\\p\{/i.test(pattern)) return fc.string({ maxLength: 100, unit: 'grapheme' });
  try {
    return fc.stringMatching(new RegExp(pattern, 'u'));
  } catch {
    return fc.string({ maxLength: 40 });
  }
}
