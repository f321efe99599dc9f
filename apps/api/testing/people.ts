import type { Snowflake } from '@guildhall/contracts';
import { type Database, schema } from '@guildhall/database';
import type { INestApplicationContext } from '@nestjs/common';
import { AccessTokens } from '../src/platform/identity/access-tokens.js';
import { newId } from '../src/platform/ids.js';

export interface SignedIn {
  accountId: string;
  sessionId: string;
  accessToken: string;
}

const DAY_MS = 86_400_000;

/** An account with a session, of a Discord user or of somebody without Discord, signed in by the real tokens. */
export async function signIn(
  app: INestApplicationContext,
  database: Database,
  discordId: Snowflake | null,
): Promise<SignedIn> {
  const [accountId, sessionId] = [newId(), newId()];
  await database
    .insert(schema.accounts)
    .values({ id: accountId, discordId, username: discordId ?? accountId, displayName: discordId ?? 'Camille' });
  await database.insert(schema.sessions).values({ id: sessionId, accountId, expiresAt: new Date(Date.now() + DAY_MS) });
  const accessToken = await app.get(AccessTokens).sign({ accountId, sessionId, role: 'USER' });
  return { accountId, sessionId, accessToken };
}
