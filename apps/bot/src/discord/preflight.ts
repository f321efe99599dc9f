import { StartError } from '@guildhall/process';
import { setTimeout as wait } from 'node:timers/promises';
import { GatewayCloseCodes, REST, Routes } from 'discord.js';
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

/** What an operator can do about a connection that Discord closed for good; undefined for any other close code. */
export function fatalCloseError(code: number, intents: { messageContent: boolean }): StartError | undefined {
  switch (code) {
    case GatewayCloseCodes.AuthenticationFailed:
      return new StartError(tokenRefused);
    case GatewayCloseCodes.DisallowedIntents:
      return new StartError(disallowedIntents(intents.messageContent));
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

function disallowedIntents(messageContent: boolean): string {
  const names = messageContent ? 'Server Members Intent and Message Content Intent' : 'Server Members Intent';
  const alternative = messageContent ? ' (or set BOT_MESSAGE_CONTENT_INTENT=off to do without message content)' : '';
  return `Discord refused the privileged intents; switch on ${names} at ${PORTAL} (your application, Bot)${alternative}.`;
}

function isUnauthorized(error: unknown): boolean {
  return error instanceof Error && 'status' in error && error.status === 401;
}
