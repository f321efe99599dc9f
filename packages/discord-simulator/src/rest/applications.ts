import type { FastifyInstance } from 'fastify';
import type { SimulatorContext } from '../context.js';
import type { ApplicationRecord } from '../state/model.js';
import { renderUser, userOf } from '../views/users.js';
import { requireBot } from './access.js';

/** Sessions a bot may start per day. */
const SESSIONS_PER_DAY = 1_000;
/** Bits of `flags` that tell which privileged intents are granted. */
const LIMITED_FLAGS = { presence: 1 << 13, members: 1 << 15, messageContent: 1 << 19 };

export function applicationRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  const gatewayUrl = (host: string) => ({ url: `ws://${host}/gateway` });

  app.get('/gateway', (request) => gatewayUrl(request.host));

  app.get('/gateway/bot', (request) => {
    requireBot(request);
    const session_start_limit = {
      total: SESSIONS_PER_DAY,
      remaining: SESSIONS_PER_DAY,
      reset_after: 86_400_000,
      max_concurrency: 16,
    };
    return { ...gatewayUrl(request.host), shards: 1, session_start_limit };
  });

  for (const path of ['/applications/@me', '/oauth2/applications/@me']) {
    app.get(path, (request) => renderApplication(requireBot(request).application));
  }

  function renderApplication(application: ApplicationRecord): object {
    return {
      id: application.id,
      name: application.name,
      icon: null,
      description: '',
      type: null,
      bot: renderUser(userOf(world, application.id)),
      summary: '',
      bot_public: true,
      bot_require_code_grant: false,
      verify_key: '0'.repeat(64),
      flags: flagsOf(application),
      flags_new: String(flagsOf(application)),
      eligible_oauth2_scopes: [],
      redirect_uris: application.redirectUris,
      interactions_endpoint_url: null,
      role_connections_verification_url: null,
      owner: renderUser(userOf(world, application.id)),
      approximate_guild_count: world.guildsOf(application.id).length,
      approximate_user_install_count: 0,
      approximate_user_authorization_count: 0,
      explicit_content_filter: 0,
      team: null,
    };
  }
}

function flagsOf({ privilegedIntents }: ApplicationRecord): number {
  return (
    (privilegedIntents.presence ? LIMITED_FLAGS.presence : 0) |
    (privilegedIntents.members ? LIMITED_FLAGS.members : 0) |
    (privilegedIntents.messageContent ? LIMITED_FLAGS.messageContent : 0)
  );
}
