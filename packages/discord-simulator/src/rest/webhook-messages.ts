import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SimulatorContext } from '../context.js';
import { FollowUps } from './follow-ups.js';
import { IncomingWebhooks } from './incoming-webhooks.js';

/** Who writes by a webhook's address: a webhook of a channel, or an application that answers an interaction. */
export interface WebhookWriter {
  execute(request: FastifyRequest, reply: FastifyReply): unknown;
  read(request: FastifyRequest): unknown;
  edit(request: FastifyRequest): unknown;
  remove(request: FastifyRequest): void;
}

/** Messages by token: the id in the path tells an application, and so an interaction, from a webhook. */
export function webhookMessageRoutes(app: FastifyInstance, context: SimulatorContext): void {
  const followUps = new FollowUps(context);
  const incoming = new IncomingWebhooks(context);
  const writerOf = (request: FastifyRequest): WebhookWriter =>
    context.world.applications.has((request.params as { webhookId: string }).webhookId) ? followUps : incoming;

  app.post('/webhooks/:webhookId/:token', (request, reply) => writerOf(request).execute(request, reply));
  app.post('/webhooks/:webhookId/:token/slack', (request, reply) => incoming.executeSlack(request, reply));
  app.post('/webhooks/:webhookId/:token/github', (request, reply) => incoming.executeGithub(request, reply));

  const path = '/webhooks/:webhookId/:token/messages/:messageId';
  app.get(path, (request) => writerOf(request).read(request));
  app.patch(path, (request) => writerOf(request).edit(request));
  app.delete(path, (request, reply) => {
    writerOf(request).remove(request);
    return reply.code(204).send();
  });
}
