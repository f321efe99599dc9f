import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { describeApi } from './openapi.js';

const DOCS_PATH = '/api/docs';

/** Serves the OpenAPI document at `/api/openapi.json` and a page to browse it at `/api/docs`. */
export function serveApiDocs(app: NestFastifyApplication): void {
  SwaggerModule.setup(DOCS_PATH, app, () => describeApi(app), {
    jsonDocumentUrl: '/api/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Guildhall API',
  });
  app
    .getHttpAdapter()
    .getInstance()
    .get('/docs', async (_request, reply) => reply.redirect(DOCS_PATH, 302));
}
