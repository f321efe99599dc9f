import { type Locale, nearestLocale, type Snowflake } from '@guildhall/contracts';
import type { DiscordProfile } from './discord-oauth.client.js';

/** What an account shows of a Discord identity. */
export interface DiscordAccountFacts {
  discordId: Snowflake;
  username: string;
  displayName: string;
  avatar: string | null;
  email: string | null;
  locale: Locale;
}

/** What we keep of a profile. */
export function accountFactsOf(profile: DiscordProfile): DiscordAccountFacts {
  return {
    discordId: profile.id,
    username: profile.username,
    displayName: profile.global_name ?? profile.username,
    avatar: profile.avatar ?? null,
    // An address that nobody has proven to be theirs is worth nothing.
    email: profile.verified === true ? (profile.email ?? null) : null,
    locale: nearestLocale(profile.locale),
  };
}
