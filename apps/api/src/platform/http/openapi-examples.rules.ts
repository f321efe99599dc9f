/** A JSON Schema as zod writes it, as far as examples are made from it. */
export type JsonSchema = Record<string, unknown>;

/** References deeper than this belong to a shape that contains itself. */
const MAX_DEPTH = 12;

const INSTANT = '2026-11-21T18:30:00.000Z';

const stringsByFormat: Readonly<Record<string, string>> = {
  'date-time': INSTANT,
  date: INSTANT.slice(0, 10),
  email: 'ada@example.org',
  uri: 'https://guildhall.example.org',
  uuid: '0198c2f0-5f3a-7cc1-b0a2-1f3c5d7e9a10',
};

/**
 * A value of a schema, made of the examples that its parts name, so that nobody writes whole bodies by hand. Whether it
 * satisfies what JSON Schema cannot say is for the caller to check.
 * @param definitions what `$ref` may lead to, by name
 */
export function exampleOf(schema: JsonSchema, definitions: Readonly<Record<string, JsonSchema>>, depth = 0): unknown {
  if (depth > MAX_DEPTH) return null;
  const inner = (part: unknown): unknown => exampleOf(asSchema(part), definitions, depth + 1);
  const [given] = [schema.examples, schema.enum].flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []));
  if (given !== undefined) return given;
  if ('const' in schema) return schema.const;
  if ('default' in schema) return schema.default;
  if (typeof schema.$ref === 'string') return inner(definitions[schema.$ref.split('/').at(-1) ?? '']);
  const choices = [schema.anyOf, schema.oneOf].find((list) => Array.isArray(list)) as unknown[] | undefined;
  if (choices) return inner(choices.find((choice) => asSchema(choice).type !== 'null') ?? choices[0]);
  if (Array.isArray(schema.allOf)) return Object.assign({}, ...schema.allOf.map(inner)) as unknown;
  return exampleOfType(schema, inner);
}

function exampleOfType(schema: JsonSchema, inner: (part: unknown) => unknown): unknown {
  switch (schema.type) {
    case 'object': {
      const properties = Object.entries((schema.properties ?? {}) as Record<string, unknown>);
      return Object.fromEntries(properties.map(([name, property]) => [name, inner(property)]));
    }
    case 'array':
      return schema.maxItems === 0 || schema.items === undefined ? [] : [inner(schema.items)];
    case 'string':
      return exampleOfString(schema);
    case 'integer':
    case 'number':
      return exampleOfNumber(schema);
    case 'boolean':
      return true;
    default:
      return null;
  }
}

function exampleOfString({ format, minLength = 0, maxLength = Number.MAX_SAFE_INTEGER }: JsonSchema): string {
  const known = stringsByFormat[String(format)];
  if (known !== undefined) return known;
  return 'example'.padEnd(Number(minLength), '.').slice(0, Number(maxLength));
}

function exampleOfNumber({ minimum, maximum }: JsonSchema): number {
  const [low, high] = [minimum ?? -Infinity, maximum ?? Infinity].map(Number) as [number, number];
  return Math.min(Math.max(1, low), high);
}

function asSchema(part: unknown): JsonSchema {
  return typeof part === 'object' && part !== null ? (part as JsonSchema) : {};
}
