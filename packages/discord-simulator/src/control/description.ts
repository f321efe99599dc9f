import { z } from 'zod';

/** JSON Schema of what an action takes. @see https://json-schema.org/draft/2020-12/schema */
export function describeArguments(schema: z.ZodType): object {
  const { description: _description, ...described } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      // A date travels as text.
      if (zodSchema._zod.def.type === 'date') Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
    },
  });
  return described;
}
