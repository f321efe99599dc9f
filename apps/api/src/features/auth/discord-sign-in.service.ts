import { Injectable } from '@nestjs/common';
import type { AccountIdentity } from '../../platform/identity/identity.js';
import { DomainError } from '../../platform/problems/domain-error.js';
import { DiscordOAuthClient } from './discord-oauth.client.js';
import { type GivenProof, RecentProof } from './email/recent-proof.js';
import { randomHex, randomToken, sha256 } from './secrets.js';
import { type LinkIntent, SignInAttempts } from './sign-in-attempts.js';

const BROWSER_SECRET = /^[0-9a-f]{64}$/;

/** Where to send the browser, and the secret to leave in it. */
interface BegunAttempt {
  authorizeUrl: string;
  browser: string;
}

/** The way from our page to Discord's, and the end of it in the dashboard. */
@Injectable()
export class DiscordSignIn {
  constructor(
    private readonly attempts: SignInAttempts,
    private readonly discord: DiscordOAuthClient,
    private readonly proof: RecentProof,
  ) {}

  /**
   * Begins an attempt to sign in.
   * @param known secret of this browser from an attempt in another tab, which must not be thrown out
   */
  async begin(known: string | undefined): Promise<BegunAttempt> {
    return this.beginAttempt(known);
  }

  /**
   * Begins an attempt to link a Discord identity to an account that is signed in.
   * @throws DomainError `reauthentication-required`, `password-wrong`, `sign-in-locked`, `unavailable`
   */
  async beginLink(known: string | undefined, identity: AccountIdentity, proof: GivenProof): Promise<BegunAttempt> {
    await this.proof.require(identity, proof);
    const { accountId, sessionId } = identity;
    return this.beginAttempt(known, { accountId, sessionId });
  }

  private async beginAttempt(known: string | undefined, link?: LinkIntent): Promise<BegunAttempt> {
    const browser = known !== undefined && BROWSER_SECRET.test(known) ? known : randomHex();
    const codeVerifier = randomToken();
    const state = await this.attempts.begin(browser, { codeVerifier, link });
    // PKCE with S256. @see https://www.rfc-editor.org/rfc/rfc7636#section-4.2
    const codeChallenge = sha256(codeVerifier).toString('base64url');
    return { authorizeUrl: this.discord.authorizeUrl({ state, codeChallenge }), browser };
  }

  /** @throws DomainError `session-code-invalid` */
  async collect(sessionId: string, browser: string | undefined): Promise<{ accountId: string }> {
    const arrival = await this.attempts.collect(sessionId, browser);
    if (!arrival) throw new DomainError('session-code-invalid', { detail: 'Sign in again.' });
    return arrival;
  }
}
