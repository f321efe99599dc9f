import { problemSchema } from '@guildhall/contracts';
import { VERSION } from '@guildhall/process';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';
import { CAPABILITY_EXTENSION } from '../access/require-capability.js';
import { PROBLEM_MEDIA_TYPE } from '../problems/render-problem.js';

const DESCRIPTION = `Everything the dashboard and the bot can do. Errors are problem documents (RFC 9457) whose \`type\` ends in a
stable code. Discord ids are decimal strings; instants are ISO 8601 in UTC.`;

/** The OpenAPI 3.1 description of every route, made of the contracts that the routes themselves are held to. */
export function describeApi(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Guildhall')
    .setDescription(DESCRIPTION)
    .setVersion(VERSION)
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
      description: 'An access token of an account.',
    })
    .addSecurity('service', {
      type: 'http',
      scheme: 'bearer',
      description: "The bot's own credential, together with the header X-Guildhall-Interaction.",
    })
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    standardSchemaConverter: convertSchema,
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '').toLowerCase()}.${method}`,
  });
  const { components } = jsonSchemaOf(problemSchema, 'output');
  Object.assign(((document.components ??= {}).schemas ??= {}), components);
  addProblems(document);
  return document;
}

type JsonSchema = Record<string, unknown>;

function convertSchema(schema: unknown, { schemaType }: { schemaType: 'input' | 'output' }) {
  return schema instanceof z.ZodType ? jsonSchemaOf(schema, schemaType) : undefined;
}

/** A contract as JSON Schema; what has an id of its own becomes a component. */
function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output') {
  const { $defs, $schema: _dialect, id, ...body } = z.toJSONSchema(schema, { io }) as JsonSchema;
  const components: Record<string, unknown> = {};
  for (const [name, definition] of Object.entries(($defs as Record<string, JsonSchema> | undefined) ?? {})) {
    components[name] = withoutId(definition);
  }
  if (typeof id !== 'string') return { schema: body, components };
  components[id] = body;
  return { schema: { $ref: `#/components/schemas/${id}` }, components };
}

/** The id is the component's name already; in OpenAPI 3.1 it would be read as an address. */
function withoutId({ id: _id, ...definition }: JsonSchema): JsonSchema {
  return definition;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Says of every operation how it can fail. */
function addProblems({ paths }: OpenAPIObject): void {
  for (const path of Object.values(paths)) {
    for (const method of METHODS) {
      const operation = path[method];
      if (!operation) continue;
      const isGuarded = CAPABILITY_EXTENSION in operation;
      const takesInput = Boolean(operation.parameters?.length) || operation.requestBody !== undefined;
      Object.assign(operation.responses, {
        ...(takesInput && { 400: problemResponse('Some values are not acceptable.') }),
        ...(operation.security && { 401: problemResponse('Not signed in, or the token has expired.') }),
        ...(isGuarded && { 403: problemResponse('The guild is visible, but the capability is missing.') }),
        ...(isGuarded && { 404: problemResponse('Absent, or invisible to the caller.') }),
        default: problemResponse('Any other problem.'),
      });
    }
  }
}

function problemResponse(description: string) {
  return { description, content: { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } } };
}
