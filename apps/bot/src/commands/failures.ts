import { randomBytes } from 'node:crypto';
import type { UserError } from '@sapphire/framework';
import { Identifiers } from '@sapphire/framework';
import type { Locale, ProblemCode } from '@guildhall/contracts';
import type { Logger } from 'pino';
import { ApiProblem } from '../api-client.js';
import { translator } from '../i18n.js';

const NOT_ALLOWED: readonly ProblemCode[] = ['missing-capability', 'not-found'];
const UNAVAILABLE: readonly ProblemCode[] = ['unavailable', 'bot-unreachable', 'too-many-requests'];

/** What somebody is told about a failed command; what is not their doing gets an id that is found in the log. */
export function failureText(error: unknown, locale: Locale, logger: Logger): string {
  const t = translator(locale);
  if (error instanceof ApiProblem && NOT_ALLOWED.includes(error.code)) return t('errors.notAllowed');
  const errorId = randomBytes(4).toString('hex');
  const requestId = error instanceof ApiProblem ? error.requestId : undefined;
  logger.error({ err: error, errorId, requestId }, 'a command failed');
  if (error instanceof ApiProblem && UNAVAILABLE.includes(error.code)) return t('errors.unavailable');
  return t('errors.unexpected', { errorId });
}

/** What somebody is told whose command was not even run; undefined where silence is better. */
export function denialText(error: UserError, locale: Locale): string | undefined {
  const t = translator(locale);
  if (error.identifier === Identifiers.PreconditionCooldown) {
    // Safe: Sapphire's cooldown gives the milliseconds that remain.
    const { remaining } = error.context as { remaining: number };
    return t('errors.cooldown', { seconds: Math.ceil(remaining / 1000) });
  }
  return error.identifier === Identifiers.PreconditionRunIn ? t('errors.guildOnly') : undefined;
}
