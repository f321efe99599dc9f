import { StartError } from '@guildhall/process';
import { setTimeout as wait } from 'node:timers/promises';
import { ApplicationFlags, GatewayCloseCodes, REST, Routes, type APIApplication } from 'discord.js';
import type { Logger } from 'pino';

const FIRST_DELAY_MS = 1_000;
const MAX_DELAY_MS = 30_000;
const PORTAL = 'https://discord.com/developers/applications';

const tokenRefused = `Discord refused DISCORD_TOKEN; copy the bot's current token from ${PORTAL} (your application, Bot, Reset Token).`;

/**
 * Waits until Discord answers, however long it takes, so that the client's one attempt to log in finds it there.
 * @throws StartError when Discord refuses the token
 * @throws AbortError when the signal fires
 */
export async function waitForDiscord(options: {
  apiUrl: string;
  token: string;
  logger: Logger;
  signal: AbortSignal;
}): Promise<void> {
  const { apiUrl, token, logger, signal } = options;
  const rest = new REST({ api: apiUrl, retries: 0 }).setToken(token);
  for (let delayMs = FIRST_DELAY_MS; ; delayMs = Math.min(delayMs * 2, MAX_DELAY_MS)) {
    try {
      await rest.get(Routes.gatewayBot(), { signal });
      return;
    } catch (error) {
      signal.throwIfAborted();
      if (isUnauthorized(error)) throw new StartError(tokenRefused);
      const reason = error instanceof Error ? error.message : String(error);
      logger.warn({ apiUrl, reason, retryInMs: delayMs }, 'Discord cannot be reached; trying again');
      await wait(delayMs, undefined, { signal });
    }
  }
}

/** Flags of an application whose privileged intent is granted: by Discord's review, or because the bot is in few guilds. */
const MAY_READ_PRESENCES = ApplicationFlags.GatewayPresence | ApplicationFlags.GatewayPresenceLimited;

/** Whether the developer portal grants the presence intent; false when Discord does not say. */
export async function mayReadPresences(options: { apiUrl: string; token: string; logger: Logger }): Promise<boolean> {
  const { apiUrl, token, logger } = options;
  try {
    // Cast: the result Discord documents for the route.
    const rest = new REST({ api: apiUrl }).setToken(token);
    const { flags = 0 } = (await rest.get(Routes.currentApplication())) as APIApplication;
    return (flags & MAY_READ_PRESENCES) !== 0;
  } catch (error) {
    logger.warn({ err: error }, 'Discord did not say which intents are granted; going on without presences');
    return false;
  }
}

/** What an operator can do about a connection that Discord closed for good; undefined for any other close code. */
export function fatalCloseError(code: number, intents: PrivilegedIntents): StartError | undefined {
  switch (code) {
    case GatewayCloseCodes.AuthenticationFailed:
      return new StartError(tokenRefused);
    case GatewayCloseCodes.DisallowedIntents:
      return new StartError(disallowedIntents(intents));
    case GatewayCloseCodes.InvalidShard:
      return new StartError(
        'Discord refused the shards; correct BOT_SHARD_COUNT and BOT_SHARD_IDS, or leave them out.',
      );
    case GatewayCloseCodes.ShardingRequired:
      return new StartError('the bot is in too many guilds for its shards; raise BOT_SHARD_COUNT, or leave it out.');
    case GatewayCloseCodes.InvalidAPIVersion:
    case GatewayCloseCodes.InvalidIntents:
      return new StartError(`Discord no longer accepts this version of Guildhall (close code ${code}); update it.`);
    default:
      return undefined;
  }
}

/** The privileged intents that are asked for, beside that of the members. */
interface PrivilegedIntents {
  messageContent: boolean;
  presences: boolean;
}

function disallowedIntents({ messageContent, presences }: PrivilegedIntents): string {
  const names = [
    'Server Members Intent',
    ...(messageContent ? ['Message Content Intent'] : []),
    ...(presences ? ['Presence Intent'] : []),
  ].join(' and ');
  const ways = [
    ...(messageContent ? ['BOT_MESSAGE_CONTENT_INTENT=off to do without message content'] : []),
    ...(presences ? ['BOT_PRESENCE_INTENT=off to do without presences'] : []),
  ].join(', ');
  const alternative = ways === '' ? '' : ` (or set ${ways})`;
  return `Discord refused the privileged intents; switch on ${names} at ${PORTAL} (your application, Bot)${alternative}.`;
}

function isUnauthorized(error: unknown): boolean {
  return error instanceof Error && 'status' in error && error.status === 401;
}
