import { z } from 'zod';
import { exampleOf, type JsonSchema } from './openapi-examples.rules.js';

type Definitions = Record<string, JsonSchema>;

/** Turns contracts into JSON Schema for one document, and remembers their examples. */
export class ContractSchemas {
  /** By the name of the component: what is mentioned inside another contract comes without its example. */
  private readonly examples = new Map<string, unknown>();

  /** A contract as `@nestjs/swagger` takes it; undefined for what is none of ours. */
  convert(schema: unknown, io: 'input' | 'output') {
    return schema instanceof z.ZodType ? this.jsonSchemaOf(schema, io) : undefined;
  }

  /** Writes the examples into the components of the finished document. */
  exemplify(components: Record<string, object>): void {
    for (const [name, example] of this.examples) {
      const component = components[name];
      if (component && !('example' in component)) Object.assign(component, { example });
    }
  }

  /** What has an id of its own is a component, and only referred to. */
  private jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output') {
    const { $defs, $schema: _dialect, ...body } = z.toJSONSchema(schema, { io }) as JsonSchema;
    const definitions = ($defs ?? {}) as Definitions;
    const components: Definitions = {};
    for (const [name, definition] of Object.entries(definitions)) components[name] = withoutId(definition);
    const example = ownExample(schema) ?? exampleOf(body, definitions);
    if (!schema.safeParse(example).success) return { schema: body, components };
    if (typeof body.$ref !== 'string') return { schema: { ...body, example }, components };
    this.examples.set(componentOf(body.$ref), example);
    return { schema: body, components };
  }
}

/** What the contract itself names; zod leaves it out of the JSON Schema of an input that it transforms. */
function ownExample(schema: z.ZodType): unknown {
  const examples = schema.meta()?.examples;
  return Array.isArray(examples) ? (examples as unknown[])[0] : undefined;
}

/** The name at the end of a reference. */
function componentOf(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}

/** The id is the component's name already; in OpenAPI 3.1 it would be read as an address. */
function withoutId({ id: _id, ...definition }: JsonSchema): JsonSchema {
  return definition;
}
