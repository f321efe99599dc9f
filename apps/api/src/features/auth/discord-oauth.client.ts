import { snowflakeSchema } from '@guildhall/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { ApiConfig } from '../../config.js';
import { API_CONFIG } from '../../platform/config/config.module.js';
import { DomainError } from '../../platform/problems/domain-error.js';

const TIMEOUT_MS = 10_000;
const API_VERSION = 'v10';

const tokenResponseSchema = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  /** Seconds. */
  expires_in: z.number(),
  scope: z.string(),
});

const profileSchema = z.object({
  id: snowflakeSchema,
  username: z.string(),
  global_name: z.string().nullish(),
  avatar: z.string().nullish(),
  email: z.string().nullish(),
  verified: z.boolean().optional(),
  locale: z.string().optional(),
});

const guildsSchema = z.array(
  z.object({ id: snowflakeSchema, name: z.string(), icon: z.string().nullish(), owner: z.boolean().optional() }),
);

export interface DiscordTokens {
  accessToken: string;
  refreshToken: string;
  scopes: string;
  expiresInSeconds: number;
}

/** Who signed in, as Discord tells it. */
export type DiscordProfile = z.infer<typeof profileSchema>;

/** A guild of theirs, as Discord tells it. */
export type DiscordGuild = z.infer<typeof guildsSchema>[number];

/** Discord answered, and said no. */
class Refusal extends Error {
  constructor(
    path: string,
    readonly status: number,
  ) {
    // The body of a refusal may repeat what we sent; the status says enough.
    super(`Discord answered ${path} with HTTP ${status}`);
  }
}

/** Discord's OAuth2. @see https://docs.discord.com/developers/topics/oauth2 */
@Injectable()
export class DiscordOAuthClient {
  private readonly apiUrl: string;
  private readonly authorizePage: string;

  constructor(@Inject(API_CONFIG) private readonly config: ApiConfig) {
    this.apiUrl = `${config.DISCORD_API_URL.replace(/\/+$/, '')}/${API_VERSION}`;
    this.authorizePage = `${new URL(config.DISCORD_API_URL).origin}/oauth2/authorize`;
  }

  /** The page on which a person lets us know who they are. */
  authorizeUrl({ state, codeChallenge }: { state: string; codeChallenge: string }): string {
    const query = new URLSearchParams({
      client_id: this.config.DISCORD_CLIENT_ID,
      redirect_uri: this.config.DISCORD_CALLBACK_URL,
      response_type: 'code',
      scope: this.config.DISCORD_OAUTH_SCOPES,
      state,
      code_challenge: codeChallenge,
      code_challenge_method: 'S256',
    });
    return `${this.authorizePage}?${query}`;
  }

  /** Trades a code for tokens. @throws DomainError `oauth-failed` */
  async exchangeCode(code: string, codeVerifier: string): Promise<DiscordTokens> {
    return this.readTokens({
      grant_type: 'authorization_code',
      redirect_uri: this.config.DISCORD_CALLBACK_URL,
      code,
      code_verifier: codeVerifier,
    }).catch(asFailure);
  }

  /**
   * Trades a refresh token for new tokens; null when Discord takes it no more.
   * @throws DomainError `oauth-failed` when Discord cannot tell
   */
  async refresh(refreshToken: string): Promise<DiscordTokens | null> {
    return this.readTokens({ grant_type: 'refresh_token', refresh_token: refreshToken }).catch((error: unknown) =>
      // @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2 for `invalid_grant`
      error instanceof Refusal && error.status === 400 ? null : asFailure(error),
    );
  }

  /** Ends the tokens that belong to a refresh token. @throws DomainError `oauth-failed` */
  async revoke(refreshToken: string): Promise<void> {
    const body = this.withCredentials({ token: refreshToken, token_type_hint: 'refresh_token' });
    await this.request('/oauth2/token/revoke', z.unknown(), { method: 'POST', body }).catch(asFailure);
  }

  /** @throws DomainError `oauth-failed` @see https://docs.discord.com/developers/resources/user#get-current-user */
  async readProfile(accessToken: string): Promise<DiscordProfile> {
    return this.readAs(accessToken, '/users/@me', profileSchema).catch(asFailure);
  }

  /**
   * Who somebody is and where they are, or null when Discord takes the access token no more.
   * @throws DomainError `oauth-failed`
   * @see https://docs.discord.com/developers/resources/user#get-current-user-guilds
   */
  async readIdentity(accessToken: string): Promise<{ profile: DiscordProfile; guilds: DiscordGuild[] } | null> {
    try {
      const profile = await this.readAs(accessToken, '/users/@me', profileSchema);
      return { profile, guilds: await this.readAs(accessToken, '/users/@me/guilds', guildsSchema) };
    } catch (error) {
      return error instanceof Refusal && error.status === 401 ? null : asFailure(error);
    }
  }

  private async readAs<T extends z.ZodType>(accessToken: string, path: string, schema: T): Promise<z.infer<T>> {
    return this.request(path, schema, { headers: { authorization: `Bearer ${accessToken}` } });
  }

  private async readTokens(grant: Record<string, string>): Promise<DiscordTokens> {
    const body = this.withCredentials(grant);
    const tokens = await this.request('/oauth2/token', tokenResponseSchema, { method: 'POST', body });
    return {
      accessToken: tokens.access_token,
      refreshToken: tokens.refresh_token,
      scopes: tokens.scope,
      expiresInSeconds: tokens.expires_in,
    };
  }

  private withCredentials(form: Record<string, string>): URLSearchParams {
    const { DISCORD_CLIENT_ID: client_id, DISCORD_CLIENT_SECRET: client_secret } = this.config;
    return new URLSearchParams({ client_id, client_secret, ...form });
  }

  private async request<T extends z.ZodType>(path: string, schema: T, init: RequestInit): Promise<z.infer<T>> {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(`${this.apiUrl}${path}`, { ...init, redirect: 'error', signal });
    if (!response.ok) throw new Refusal(path, response.status);
    return schema.parse(await response.json());
  }
}

function asFailure(cause: unknown): never {
  throw new DomainError('oauth-failed', {
    detail: 'Discord did not answer as it should. Try again in a moment.',
    logLevel: 'warn',
    cause,
  });
}
