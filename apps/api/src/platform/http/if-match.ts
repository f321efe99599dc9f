import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { versionOfIfMatch } from './if-match.rules.js';

export const IF_MATCH_HEADER = 'If-Match';

const documented = ApiHeader({
  name: IF_MATCH_HEADER,
  required: false,
  description:
    'The version that the change is meant for, as in the `ETag`: the change is refused with 412 when there is another one by now. Absent or `*`: any version.',
  schema: { type: 'string' },
  example: '"7"',
});

/**
 * Parameter of a handler that changes a versioned resource: the version that the caller means, null for any. A service that
 * finds another one throws `version-mismatch`.
 * @throws DomainError `bad-request`, `version-mismatch`
 */
export const IfMatch = createParamDecorator(
  (_data: unknown, context: ExecutionContext): number | null =>
    versionOfIfMatch(context.switchToHttp().getRequest<FastifyRequest>().headers['if-match']),
  [
    (target, name) => {
      const handler = name === undefined ? undefined : Reflect.getOwnPropertyDescriptor(target, name);
      if (name !== undefined && handler) documented(target, name, handler);
    },
  ],
);
