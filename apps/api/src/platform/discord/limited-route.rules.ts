import { snowflakeInstant, snowflakeSchema } from '@guildhall/contracts';

/** What Discord counts a request under. */
export interface LimitedRoute {
  /** Method and path with the ids taken out, e.g. `PUT /guilds/:id/bans/:id`. */
  name: string;
  /** The channel, guild or webhook whose requests are counted apart from those of others; empty where there is none. */
  majorId: string;
  /** Answers to interactions are bound by no limit of the bot's. */
  isGloballyLimited: boolean;
}

const ID = /\/\d{15,20}(?=\/|$)/g;
const MAJOR = /^\/(?:channels|guilds|webhooks)\/(\d{15,20})/;
const OLD_MESSAGE_MS = 14 * 86_400_000;

/**
 * The route of a request, without the prefix of the API, its version and the query.
 * @see https://discord.com/developers/docs/topics/rate-limits
 */
export function limitedRouteOf(method: string, path: string, now = new Date()): LimitedRoute {
  const isAnswer = /^\/(?:interactions|webhooks)\//.test(path);
  const general = path
    .replace(ID, '/:id')
    .replace(/^(\/(?:interactions|webhooks)\/:id)\/[^/]+/, '$1/:token')
    .replace(/\/reactions\/.*/, '/reactions/:reaction');
  const old = isOldMessageDeletion(method, path, now) ? ' (old)' : '';
  const majorId = isAnswer ? path.split('/').slice(2, 4).join('/') : (MAJOR.exec(path)?.[1] ?? '');
  return { name: `${method} ${general}${old}`, majorId, isGloballyLimited: !isAnswer };
}

/** Messages older than two weeks are deleted under a limit of their own. @see https://github.com/discord/discord-api-docs/issues/1295 */
function isOldMessageDeletion(method: string, path: string, now: Date): boolean {
  const id = method === 'DELETE' ? /^\/channels\/\d+\/messages\/(\d+)$/.exec(path)?.[1] : undefined;
  const messageId = snowflakeSchema.safeParse(id);
  return messageId.success && now.getTime() - snowflakeInstant(messageId.data).getTime() > OLD_MESSAGE_MS;
}
