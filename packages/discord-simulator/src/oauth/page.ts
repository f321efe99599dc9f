import formbody from '@fastify/formbody';
import cookie from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { SimulatorContext } from '../context.js';
import type { ApplicationRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import { oauthGrants } from './api.js';
import { renderAuthorizePage, renderErrorPage } from './page-html.js';
import { CONTENT_SECURITY_POLICY } from './page-style.js';
import { listPeople } from './people.js';
import { textsFor } from './texts.js';

/** Who the browser is in this Discord; the client sets it too. Cookies of a host are shared by all its ports, hence the prefix. */
const PERSON_COOKIE = 'simulator_person';
const KNOWN_SCOPES = [
  'identify',
  'email',
  'guilds',
  'guilds.join',
  'guilds.members.read',
  'bot',
  'applications.commands',
  'connections',
  'openid',
  'role_connections.write',
];

const authorizeQuery = z.object({
  client_id: z.string(),
  redirect_uri: z.string(),
  response_type: z.literal('code'),
  scope: z.string().min(1),
  state: z.string().optional(),
  code_challenge: z.string().optional(),
  code_challenge_method: z.literal('S256').optional(),
  prompt: z.string().optional(),
});

/** What the page itself asks for: somebody by name, or all of them. */
const listQuery = z.object({
  q: z.string().max(100).catch(''),
  everybody: z.literal('1').optional().catch(undefined),
  page: z.coerce.number().int().min(1).catch(1),
});

const decisionBody = z.object({ person: z.string().optional(), decision: z.enum(['authorize', 'cancel']) });

type AuthorizeRequest = z.infer<typeof authorizeQuery>;

/** The page where a browser chooses whom to sign in as. @see https://docs.discord.com/developers/topics/oauth2#authorization-code-grant */
export async function serveAuthorizePage(app: FastifyInstance, context: SimulatorContext): Promise<void> {
  await app.register(async (page) => {
    await page.register(cookie);
    await page.register(formbody);
    page.get('/oauth2/authorize', (request, reply) => showPage(context, request, reply));
    page.post('/oauth2/authorize', (request, reply) => decide(context, request, reply));
  });
}

function showPage(context: SimulatorContext, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const checked = check(context.world, request);
  const texts = textsFor(request.headers['accept-language']);
  if ('problem' in checked) return sendHtml(reply.code(400), renderErrorPage(texts, checked.problem));
  const currentId = request.cookies[PERSON_COOKIE] ?? null;
  const { q: query, everybody, page } = listQuery.parse(request.query);
  const wanted = { query: query.trim(), everybody: everybody !== undefined, page, currentId };
  const html = renderAuthorizePage({
    texts,
    applicationName: checked.application.name,
    scopes: checked.query.scope.split(' '),
    wanted,
    list: listPeople(context.world, wanted),
    chosenId: currentId,
    request: parametersOf(checked.query),
    redirectHost: new URL(checked.query.redirect_uri).host,
  });
  return sendHtml(reply, html);
}

function decide(context: SimulatorContext, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const checked = check(context.world, request);
  const texts = textsFor(request.headers['accept-language']);
  if ('problem' in checked) return sendHtml(reply.code(400), renderErrorPage(texts, checked.problem));
  const decision = decisionBody.safeParse(request.body);
  const { query, application } = checked;
  if (!decision.success) return sendHtml(reply.code(400), renderErrorPage(texts, 'decision'));
  if (decision.data.decision === 'cancel') {
    const description = 'The resource owner or authorization server denied the request';
    return redirectBack(reply, query, { error: 'access_denied', error_description: description });
  }
  const person = context.world.users.get(decision.data.person ?? '');
  if (!person || person.isBot) return sendHtml(reply.code(400), renderErrorPage(texts, 'person'));
  const code = oauthGrants(context).issueCode({
    applicationId: application.id,
    userId: person.id,
    redirectUri: query.redirect_uri,
    scopes: query.scope.split(' '),
    codeChallenge: query.code_challenge ?? null,
  });
  void reply.setCookie(PERSON_COOKIE, person.id, { path: '/', sameSite: 'lax' });
  return redirectBack(reply, query, { code });
}

type Problem = 'client_id' | 'redirect_uri' | 'scope' | 'request';

/** Nothing is redirected before the redirect URI is known to belong to the application. */
function check(
  world: World,
  request: FastifyRequest,
): { query: AuthorizeRequest; application: ApplicationRecord } | { problem: Problem } {
  const raw = request.query as Record<string, string | undefined>;
  const application = world.applications.get(raw['client_id'] ?? '');
  if (!application) return { problem: 'client_id' };
  if (!application.redirectUris.includes(raw['redirect_uri'] ?? '')) return { problem: 'redirect_uri' };
  const query = authorizeQuery.safeParse(raw);
  if (!query.success) return { problem: query.error.issues[0]?.path[0] === 'scope' ? 'scope' : 'request' };
  if (query.data.scope.split(' ').some((scope) => !KNOWN_SCOPES.includes(scope))) return { problem: 'scope' };
  if ((query.data.code_challenge === undefined) !== (query.data.code_challenge_method === undefined))
    return { problem: 'request' };
  return { query: query.data, application };
}

/** The request of the application, which every link and form of the page passes on. */
function parametersOf(query: AuthorizeRequest): [string, string][] {
  return Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
}

function redirectBack(reply: FastifyReply, query: AuthorizeRequest, parameters: Record<string, string>): FastifyReply {
  const target = new URL(query.redirect_uri);
  for (const [name, value] of Object.entries(parameters)) target.searchParams.set(name, value);
  if (query.state !== undefined) target.searchParams.set('state', query.state);
  return reply.redirect(target.toString(), 302);
}

function sendHtml(reply: FastifyReply, html: string): FastifyReply {
  return reply
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-frame-options': 'DENY',
      'content-security-policy': CONTENT_SECURITY_POLICY,
      vary: 'accept-language',
    })
    .send(html);
}
