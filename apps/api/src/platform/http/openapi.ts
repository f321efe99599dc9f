import { problemSchema } from '@guildhall/contracts';
import { VERSION } from '@guildhall/process';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { describeOperations } from './openapi-operations.js';
import { ContractSchemas } from './openapi-schemas.js';

const DESCRIPTION = `Everything the dashboard and the bot can do. Errors are problem documents (RFC 9457) whose \`type\` ends in a
stable code. Discord ids are decimal strings; instants are ISO 8601 in UTC. Unknown fields and parameters are refused.

**Lists** take \`page\` and \`limit\`, message-like streams \`before\`, \`after\` and \`limit\`. \`sort=-startAt,title\` names fields in
the order in which they count, those with \`-\` from the largest value down.

**Requests are counted** by caller and kind (\`read\`, \`write\`, \`sign-in\` by address, \`expensive\`): see \`RateLimit\`,
\`RateLimit-Policy\` and, on 429, \`Retry-After\`. While the store of the counters is away, sign-ins are refused with 503 and
everything else goes on uncounted.

**Writes**: a \`POST\` with an \`Idempotency-Key\` can be sent again without doing anything twice. \`PATCH\` and \`DELETE\` of what has
a \`version\` take it in \`If-Match\`.`;

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
    .addSecurity('apiKey', {
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'gh_…',
      description: 'A key of the guild, good for the operations that name a capability (`x-guildhall-capability`).',
    })
    .addSecurity('service', {
      type: 'http',
      scheme: 'bearer',
      description: "The bot's own credential, together with the header X-Guildhall-Interaction.",
    })
    .build();
  const contracts = new ContractSchemas();
  const document = SwaggerModule.createDocument(app, config, {
    standardSchemaConverter: (schema, { schemaType }) => contracts.convert(schema, schemaType),
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '').toLowerCase()}.${method}`,
  });
  const schemas = { ...document.components?.schemas, ...contracts.convert(problemSchema, 'output')?.components };
  document.components = { ...document.components, schemas };
  contracts.exemplify(schemas);
  describeOperations(document);
  return document;
}
