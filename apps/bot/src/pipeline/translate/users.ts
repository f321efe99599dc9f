import type { DiscordUser } from '@guildhall/contracts';
import type { APIUser } from 'discord.js';
import { snowflake } from './snowflakes.js';

/** @see https://discord.com/developers/docs/resources/user#user-object */
export function translateUser(user: APIUser): DiscordUser {
  return {
    id: snowflake(user.id),
    username: user.username,
    globalName: user.global_name ?? null,
    avatar: user.avatar ?? null,
    isBot: user.bot ?? false,
  };
}
