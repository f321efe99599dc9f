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

export interface DiscordTokens {
  accessToken: string;
  refreshToken: string;
  scopes: string;
  expiresInSeconds: number;
}

/** Who signed in, as Discord tells it. */
export type DiscordProfile = z.infer<typeof profileSchema>;

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
    const { DISCORD_CLIENT_ID, DISCORD_CLIENT_SECRET, DISCORD_CALLBACK_URL } = this.config;
    const tokens = await this.request('/oauth2/token', tokenResponseSchema, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: DISCORD_CLIENT_ID,
        client_secret: DISCORD_CLIENT_SECRET,
        redirect_uri: DISCORD_CALLBACK_URL,
        code,
        code_verifier: codeVerifier,
      }),
    });
    return {
      accessToken: tokens.access_token,
      refreshToken: tokens.refresh_token,
      scopes: tokens.scope,
      expiresInSeconds: tokens.expires_in,
    };
  }

  /** @throws DomainError `oauth-failed` @see https://docs.discord.com/developers/resources/user#get-current-user */
  async readProfile(accessToken: string): Promise<DiscordProfile> {
    return this.request('/users/@me', profileSchema, { headers: { authorization: `Bearer ${accessToken}` } });
  }

  private async request<T extends z.ZodType>(path: string, schema: T, init: RequestInit): Promise<z.infer<T>> {
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const response = await fetch(`${this.apiUrl}${path}`, { ...init, redirect: 'error', signal });
      // The body of a refusal may repeat what we sent; the status says enough.
      if (!response.ok) throw new Error(`Discord answered ${path} with HTTP ${response.status}`);
      return schema.parse(await response.json());
    } catch (error) {
      throw new DomainError('oauth-failed', {
        detail: 'Discord did not answer as it should. Try again in a moment.',
        logLevel: 'warn',
        cause: error,
      });
    }
  }
}
