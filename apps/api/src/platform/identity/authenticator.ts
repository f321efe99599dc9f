import { Injectable } from '@nestjs/common';
import { DomainError } from '../problems/domain-error.js';
import { AccessTokens } from './access-tokens.js';
import type { AccountIdentity } from './identity.js';
import { LiveSessions } from './live-sessions.js';

/** Turns an access token into the person it stands for; used by HTTP and by the sockets. */
@Injectable()
export class Authenticator {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly sessions: LiveSessions,
  ) {}

  /**
   * @throws DomainError `token-expired`, or `unauthenticated` for a token that is not ours or whose session has ended
   */
  async identify(accessToken: string): Promise<AccountIdentity> {
    const { accountId, sessionId, expiresAt } = await this.tokens.read(accessToken);
    const session = await this.sessions.find(sessionId);
    if (session?.accountId !== accountId) {
      throw new DomainError('unauthenticated', { detail: 'This session has ended. Sign in again.' });
    }
    // The role of the account as it is now: the one in the token may have been taken away since.
    return { kind: 'account', accountId, sessionId, discordId: session.discordId, role: session.role, expiresAt };
  }
}
