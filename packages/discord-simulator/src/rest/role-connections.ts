import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { setRoleConnection } from '../actions/applications.js';
import type { SimulatorContext } from '../context.js';
import type { ApplicationRecord, UserRecord } from '../state/model.js';
import { userOf } from '../views/users.js';
import { requirePerson } from './access.js';
import { formError, parseForm } from './errors.js';

const connectionBody = z.looseObject({
  platform_name: z.string().max(50).nullish(),
  platform_username: z.string().max(100).nullish(),
  metadata: z.record(z.string(), z.union([z.string().min(1).max(100), z.number().transform(String)])).nullish(),
});

const PATH = '/users/@me/applications/:applicationId/role-connection';
const SCOPE = 'role_connections.write';

/** What an application says of a person elsewhere. @see https://docs.discord.com/developers/resources/user#update-current-user-application-role-connection */
export function roleConnectionRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  app.get(PATH, (request) => {
    const { userId, application } = requirePerson(world, request, SCOPE);
    return render(userOf(world, userId), application);
  });

  app.put(PATH, (request) => {
    const { userId, application } = requirePerson(world, request, SCOPE);
    const body = parseForm(connectionBody, request.body);
    const metadata = body.metadata ?? {};
    requireKnownKeys(application, metadata);
    const user = userOf(world, userId);
    const connection = {
      platformName: body.platform_name ?? null,
      platformUsername: body.platform_username ?? null,
      metadata,
    };
    setRoleConnection(world, user, { applicationId: application.id, connection });
    return render(user, application);
  });

  app.delete(PATH, (request, reply) => {
    const { userId, application } = requirePerson(world, request, SCOPE);
    setRoleConnection(world, userOf(world, userId), { applicationId: application.id, connection: null });
    return reply.code(204).send();
  });
}

function render(user: UserRecord, application: ApplicationRecord): object {
  const connection = user.roleConnections?.[application.id];
  return {
    ...(connection?.platformName ? { platform_name: connection.platformName } : {}),
    platform_username: connection?.platformUsername ?? null,
    metadata: connection?.metadata ?? {},
  };
}

function requireKnownKeys(application: ApplicationRecord, metadata: Record<string, string>): void {
  const known = (application.connectionMetadata ?? []).map(({ key }) => key);
  const unknownKey = Object.keys(metadata).find((key) => !known.includes(key));
  if (unknownKey === undefined) return;
  throw formError(['metadata', unknownKey], 'BASE_TYPE_BAD_VALUE', 'The application knows nothing of this key.');
}
