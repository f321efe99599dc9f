import type { DiscordUser } from '@guildhall/contracts';
import { snowflakeSchema } from '@guildhall/contracts';
import type { APIUser } from 'discord-api-types/v10';

/** An account as the API tells it, from Discord's answer. */
export function discordUserOf({ id, username, global_name, avatar, bot }: APIUser): DiscordUser {
  return { id: snowflakeSchema.parse(id), username, globalName: global_name, avatar, isBot: bot ?? false };
}
