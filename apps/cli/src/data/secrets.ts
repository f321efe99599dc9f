import { randomBytes, randomInt } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { StartError } from '@guildhall/process';
import { z } from 'zod';

const secret = z.string().min(32);

const secretsSchema = z.strictObject({
  JWT_SECRET: secret,
  ENCRYPTION_KEY: z.string().regex(/^[0-9a-f]{64}$/),
  GATEWAY_SECRET: secret,
  SERVICE_TOKEN: secret,
  AUDIT_KEY: secret,
  /** The application that the local Discord knows Guildhall as; never used against Discord itself. */
  simulator: z.strictObject({
    DISCORD_CLIENT_ID: z.string().regex(/^\d{17,20}$/),
    DISCORD_CLIENT_SECRET: secret,
    DISCORD_TOKEN: secret,
  }),
});

/** What one machine generates for itself and a cluster gets from its environment. */
export type Secrets = z.infer<typeof secretsSchema>;

/**
 * Reads the secrets of this machine, or generates them at the first start, readable for their owner only.
 * @throws StartError when the file is damaged: new secrets would make what the old ones encrypted unreadable
 */
export function loadSecrets(file: string): Secrets {
  if (!existsSync(file)) return saveSecrets(file, generateSecrets());
  const text = readFileSync(file, 'utf8');
  try {
    const stored: unknown = JSON.parse(text);
    const secrets = secretsSchema.parse(withNewerSecrets(stored));
    if (!(stored as Partial<Secrets>).AUDIT_KEY) return saveSecrets(file, secrets);
    chmodSync(file, 0o600);
    return secrets;
  } catch (error) {
    // The parser's own words would quote the secrets.
    const reason =
      error instanceof z.ZodError
        ? error.issues.map((issue) => issue.path.join('.') || issue.message).join(', ')
        : 'it is not JSON';
    throw new StartError(
      `${file} is damaged (${reason}): restore it from a backup. Deleting it works too, but signs everybody out and makes stored Discord tokens unreadable.`,
    );
  }
}

/** A file of an earlier version lacks what came later. */
function withNewerSecrets(stored: unknown): unknown {
  if (typeof stored !== 'object' || stored === null || 'AUDIT_KEY' in stored) return stored;
  return { ...stored, AUDIT_KEY: randomBytes(32).toString('base64url') };
}

function generateSecrets(): Secrets {
  const clientId = simulatedSnowflake();
  return {
    JWT_SECRET: randomBytes(48).toString('base64url'),
    ENCRYPTION_KEY: randomBytes(32).toString('hex'),
    GATEWAY_SECRET: randomBytes(32).toString('base64url'),
    SERVICE_TOKEN: randomBytes(32).toString('base64url'),
    AUDIT_KEY: randomBytes(32).toString('base64url'),
    simulator: {
      DISCORD_CLIENT_ID: clientId,
      DISCORD_CLIENT_SECRET: randomBytes(24).toString('base64url'),
      DISCORD_TOKEN: simulatedToken(clientId),
    },
  };
}

/** @see https://discord.com/developers/docs/reference#snowflakes */
function simulatedSnowflake(): string {
  const discordEpochMs = 1_420_070_400_000n;
  return String(((BigInt(Date.now()) - discordEpochMs) << 22n) | BigInt(randomInt(2 ** 22)));
}

/** Shaped like Discord's: the application's id, a time and a signature, each in base64. */
function simulatedToken(clientId: string): string {
  const id = Buffer.from(clientId).toString('base64url');
  return `${id}.${randomBytes(4).toString('base64url')}.${randomBytes(28).toString('base64url')}`;
}

/** Renamed into place, so that a crash while writing leaves no half of a file. */
function saveSecrets(file: string, secrets: Secrets): Secrets {
  const unfinished = `${file}.unfinished`;
  writeFileSync(unfinished, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  chmodSync(unfinished, 0o600);
  renameSync(unfinished, file);
  return secrets;
}
