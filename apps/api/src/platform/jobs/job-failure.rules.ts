import { type Snowflake, snowflakeSchema } from '@guildhall/contracts';
import { z } from 'zod';
import { rootCauseOf } from '../database/database-errors.rules.js';
import { DomainError } from '../problems/domain-error.js';

const MAX_REASON_LENGTH = 500;
const TOO_MANY_REQUESTS = 429;

/** Why a job failed, as it is kept beside the job. */
const jobOutputSchema = z.object({
  reason: z.string(),
  reasonCode: z.string().nullable(),
  discordCode: z.int().nullable(),
});
export type JobOutput = z.infer<typeof jobOutputSchema>;

/** What another try cannot change: what we asked for is refused, and will be. */
export function isPermanent(error: unknown): boolean {
  if (!(error instanceof DomainError) || error.code === 'request-in-flight') return false;
  return error.status < 500 && error.status !== TOO_MANY_REQUESTS && error.retryAfterSeconds === undefined;
}

/** Why a job failed, in words for people. Of an error that is no problem of ours only the cause is told: queries have secrets in them. */
export function outputOf(error: unknown): JobOutput {
  const cause = error instanceof DomainError ? error : rootCauseOf(error);
  return {
    reason: (cause instanceof Error ? cause.message : String(cause)).slice(0, MAX_REASON_LENGTH),
    reasonCode: error instanceof DomainError ? error.code : null,
    discordCode: error instanceof DomainError ? (error.discordCode ?? null) : null,
  };
}

/** The same, read back; pg-boss itself writes only words, for a job that took too long. */
export function readOutput(stored: unknown): JobOutput {
  const output = jobOutputSchema.safeParse(stored);
  if (output.success) return output.data;
  const byQueue = z.object({ value: z.object({ message: z.string() }) }).safeParse(stored);
  return { reason: byQueue.data?.value.message ?? 'unknown', reasonCode: null, discordCode: null };
}

/** The guild that a job is about, where its payload names one. */
export function guildOf(payload: object): Snowflake | null {
  return z.object({ guildId: snowflakeSchema }).safeParse(payload).data?.guildId ?? null;
}
