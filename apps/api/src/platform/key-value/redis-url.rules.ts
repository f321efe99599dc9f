import type { Composer } from '@guildhall/contracts';

/** One address out of the four variables that older installations set; what is missing is as Redis has it by default. */
export const composeRedisUrl: Composer = ({ REDIS_HOST, REDIS_PORT, REDIS_DB, REDIS_PASSWORD }) => {
  const host = REDIS_HOST ?? '127.0.0.1';
  const credentials = REDIS_PASSWORD === undefined ? '' : `:${encodeURIComponent(REDIS_PASSWORD)}@`;
  return `redis://${credentials}${host.includes(':') ? `[${host}]` : host}:${REDIS_PORT ?? '6379'}/${REDIS_DB ?? '0'}`;
};
