import type { FastifyRequest } from 'fastify';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Identity } from './identity.js';
import { identityOf } from './request-identity.js';

/** Who makes a change, and from where; what the audit log writes down. */
export interface Actor {
  /** Null where Guildhall itself acts: in a job, on the command line, or for somebody who has not signed in yet. */
  identity: Identity | null;
  ipAddress: string | null;
}

/** A person or an automation that acts, never Guildhall by itself. */
export interface Acting extends Actor {
  identity: Identity;
}

/** Parameter of a handler: who makes the change that is asked for, and from where. */
export const CurrentActor = createParamDecorator((_data: unknown, context: ExecutionContext): Acting => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  return { identity: identityOf(request), ipAddress: request.ip };
});
