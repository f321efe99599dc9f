import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import { StartError } from '@guildhall/process';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isApiPath } from './request-hooks.js';

const INDEX = 'index.html';

/** The build puts eight characters of a hash into these names, so that a name never changes its content. */
const HASHED_NAME = /-(?=[\w-]*[A-Z0-9])[\w-]{8}\.\w+$/;

/**
 * Serves the built dashboard. An address that is neither a file nor the API's is a page of the application, which finds it
 * in its own routes.
 * @throws StartError when the folder holds no built dashboard
 */
export async function serveDashboard(server: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(join(folder, INDEX))) {
    throw new StartError(`WEB_DIST: there is no built dashboard in ${folder}; build it with \`npm run build\`.`);
  }
  const files = await listFiles(folder);
  await server.register(fastifyStatic, { root: folder, serve: false, preCompressed: true, cacheControl: false });
  server.get('/*', async (request, reply) => {
    const name = fileFor(request, files);
    return name === null ? reply.callNotFound() : sendFile(reply, name);
  });
}

/** The build does not change under a running process, so that only names seen at the start are ever opened. */
async function listFiles(folder: string): Promise<ReadonlySet<string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return new Set(
    files.map(({ parentPath, name }) =>
      join(parentPath, name)
        .slice(folder.length + 1)
        .replaceAll(sep, '/'),
    ),
  );
}

function fileFor(request: FastifyRequest, files: ReadonlySet<string>): string | null {
  if (isApiPath(request.url)) return null;
  const name = (request.params as { '*': string })['*'];
  if (files.has(name)) return name;
  return name === '' || isPageVisit(request) ? INDEX : null;
}

/** Someone who opens an address, rather than a script or an image that is missing. */
function isPageVisit({ headers }: FastifyRequest): boolean {
  return headers.accept?.includes('text/html') ?? false;
}

function sendFile(reply: FastifyReply, name: string): FastifyReply {
  const policy = HASHED_NAME.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache';
  return reply.header('cache-control', policy).sendFile(name);
}
