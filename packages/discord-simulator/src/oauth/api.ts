import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { SimulatorContext } from '../context.js';
import { requireCaller } from '../rest/access.js';
import { unauthorized } from '../rest/errors.js';
import type { ApplicationRecord, GrantRecord } from '../state/model.js';
import { renderUser, userOf } from '../views/users.js';
import { ACCESS_TOKEN_LIFETIME_SECONDS, OAuthGrants } from './codes.js';
import { idTokenFor } from './openid.js';

const tokenBody = z.discriminatedUnion('grant_type', [
  z.object({
    grant_type: z.literal('authorization_code'),
    code: z.string(),
    redirect_uri: z.string(),
    code_verifier: z.string().optional(),
  }),
  z.object({ grant_type: z.literal('refresh_token'), refresh_token: z.string() }),
]);

const grantsByContext = new WeakMap<SimulatorContext, OAuthGrants>();

/** The codes of a simulator: the page issues them, the API redeems them. */
export function oauthGrants(context: SimulatorContext): OAuthGrants {
  let grants = grantsByContext.get(context);
  if (!grants) grantsByContext.set(context, (grants = new OAuthGrants(context.world)));
  return grants;
}

/** @see https://docs.discord.com/developers/topics/oauth2 */
export function oauthApiRoutes(app: FastifyInstance, context: SimulatorContext): void {
  const { world } = context;
  const grants = oauthGrants(context);
  void app.register(formbody);

  app.post('/oauth2/token', (request, reply) => {
    const application = authenticateClient(context, request);
    if (!application) return reply.code(401).send({ error: 'invalid_client' });
    const body = tokenBody.safeParse(request.body);
    if (!body.success) {
      const isUnknown = body.error.issues.some((issue) => issue.path[0] === 'grant_type');
      return reply
        .code(400)
        .send(
          isUnknown
            ? { error: 'unsupported_grant_type' }
            : { error: 'invalid_request', error_description: 'Missing parameter' },
        );
    }
    const grant = exchange(body.data, application.id);
    if (!grant)
      return reply.code(400).send({ error: 'invalid_grant', error_description: 'Invalid code or token in request.' });
    const isOpenId = grant.scopes.includes('openid');
    const idToken = isOpenId ? { id_token: idTokenFor(world, grant, `http://${request.host}`) } : {};
    return reply.header('cache-control', 'no-store').send({ ...renderGrant(grant), ...idToken });
  });

  function exchange(body: z.infer<typeof tokenBody>, applicationId: string): GrantRecord | undefined {
    if (body.grant_type === 'refresh_token') return grants.refresh(body.refresh_token, applicationId);
    return grants.redeem(body.code, {
      applicationId,
      redirectUri: body.redirect_uri,
      codeVerifier: body.code_verifier,
    });
  }

  app.post('/oauth2/token/revoke', (request, reply) => {
    const application = authenticateClient(context, request);
    if (!application) return reply.code(401).send({ error: 'invalid_client' });
    const body = z.looseObject({ token: z.string() }).safeParse(request.body);
    if (!body.success)
      return reply.code(400).send({ error: 'invalid_request', error_description: 'Missing parameter' });
    grants.revoke(body.data.token, application.id);
    return {};
  });

  app.get('/oauth2/@me', (request) => {
    const caller = requireCaller(request);
    if (caller.kind !== 'person') throw unauthorized();
    const application = world.applications.get(caller.grant.applicationId);
    return {
      application: {
        id: caller.grant.applicationId,
        name: application?.name ?? '',
        icon: null,
        description: '',
        bot_public: true,
        bot_require_code_grant: false,
        verify_key: '0'.repeat(64),
      },
      scopes: caller.grant.scopes,
      expires: new Date(caller.grant.expiresAtMs).toISOString(),
      ...(caller.grant.scopes.includes('identify') ? { user: renderUser(userOf(world, caller.userId)) } : {}),
    };
  });
}

function renderGrant(grant: GrantRecord): object {
  return {
    token_type: 'Bearer',
    access_token: grant.accessToken,
    expires_in: ACCESS_TOKEN_LIFETIME_SECONDS,
    refresh_token: grant.refreshToken,
    scope: grant.scopes.join(' '),
  };
}

/** Client id and secret from the body or from HTTP Basic. @see https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1 */
function authenticateClient({ world }: SimulatorContext, request: FastifyRequest): ApplicationRecord | undefined {
  const body = (request.body ?? {}) as { client_id?: string; client_secret?: string };
  const [scheme, encoded = ''] = (request.headers.authorization ?? '').split(' ');
  const decoded = Buffer.from(encoded, 'base64').toString();
  const separator = decoded.indexOf(':');
  const [id, secret] =
    scheme === 'Basic'
      ? [decoded.slice(0, separator), decoded.slice(separator + 1)]
      : [body.client_id, body.client_secret];
  const application = id ? world.applications.get(id) : undefined;
  return application && application.clientSecret === secret ? application : undefined;
}
