import { createHash } from 'node:crypto';
import type { GrantRecord } from '../state/model.js';
import type { World } from '../state/world.js';

/** @see https://docs.discord.com/developers/topics/oauth2 */
export const CODE_LIFETIME_MS = 600_000;
export const ACCESS_TOKEN_LIFETIME_SECONDS = 604_800;

interface IssuedCode {
  applicationId: string;
  userId: string;
  redirectUri: string;
  scopes: string[];
  codeChallenge: string | null;
  expiresAtMs: number;
}

/** Authorization codes, and the tokens they are exchanged for. */
export class OAuthGrants {
  private readonly codes = new Map<string, IssuedCode>();

  constructor(private readonly world: World) {}

  issueCode(code: Omit<IssuedCode, 'expiresAtMs'>): string {
    const value = this.world.randomness.token(24);
    this.codes.set(value, { ...code, expiresAtMs: this.world.clock.now() + CODE_LIFETIME_MS });
    return value;
  }

  /** Exchanges a code; a code works once, whatever comes of it. Returns undefined for an `invalid_grant`. */
  redeem(
    code: string,
    proof: { applicationId: string; redirectUri: string; codeVerifier: string | undefined },
  ): GrantRecord | undefined {
    const issued = this.codes.get(code);
    this.codes.delete(code);
    if (!issued || issued.expiresAtMs < this.world.clock.now()) return undefined;
    if (issued.applicationId !== proof.applicationId || issued.redirectUri !== proof.redirectUri) return undefined;
    if (issued.codeChallenge !== null && issued.codeChallenge !== challengeOf(proof.codeVerifier ?? ''))
      return undefined;
    return this.grant(issued.applicationId, issued.userId, issued.scopes);
  }

  /** Exchanges a refresh token for a new pair; the old pair is dead. */
  refresh(refreshToken: string, applicationId: string): GrantRecord | undefined {
    const old = this.find(refreshToken, applicationId);
    if (old?.refreshToken !== refreshToken) return undefined;
    this.world.grants.delete(old.accessToken);
    return this.grant(old.applicationId, old.userId, old.scopes);
  }

  /** Kills the pair an access or refresh token belongs to. */
  revoke(token: string, applicationId: string): void {
    const grant = this.find(token, applicationId);
    if (grant) this.world.grants.delete(grant.accessToken);
    this.world.touch();
  }

  /** Kills all tokens of a person. */
  revokeAllOf(userId: string): void {
    for (const grant of this.world.grants.values())
      if (grant.userId === userId) this.world.grants.delete(grant.accessToken);
    this.world.touch();
  }

  /** Ends the access tokens of a person; their refresh tokens live on. */
  expireAllOf(userId: string): void {
    for (const grant of this.world.grants.values())
      if (grant.userId === userId) grant.expiresAtMs = this.world.clock.now();
    this.world.touch();
  }

  private find(token: string, applicationId: string): GrantRecord | undefined {
    for (const grant of this.world.grants.values()) {
      if (grant.applicationId === applicationId && [grant.accessToken, grant.refreshToken].includes(token))
        return grant;
    }
    return undefined;
  }

  private grant(applicationId: string, userId: string, scopes: string[]): GrantRecord {
    const grant: GrantRecord = {
      applicationId,
      userId,
      scopes,
      accessToken: this.world.randomness.token(24),
      refreshToken: this.world.randomness.token(24),
      expiresAtMs: this.world.clock.now() + ACCESS_TOKEN_LIFETIME_SECONDS * 1_000,
    };
    this.world.grants.set(grant.accessToken, grant);
    this.world.touch();
    return grant;
  }
}

/** PKCE with S256. @see https://www.rfc-editor.org/rfc/rfc7636#section-4.6 */
function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}
