import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import { entityTagOf } from './if-match.rules.js';

/** Gives every answer that is a versioned resource the tag that `If-Match` takes. */
@Injectable()
export class EntityTagInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      map((body: unknown) => {
        const version = versionOf(body);
        if (version !== null) {
          void context.switchToHttp().getResponse<FastifyReply>().header('etag', entityTagOf(version));
        }
        return body;
      }),
    );
  }
}

function versionOf(body: unknown): number | null {
  if (typeof body !== 'object' || body === null || !('version' in body)) return null;
  return typeof body.version === 'number' && Number.isInteger(body.version) ? body.version : null;
}
