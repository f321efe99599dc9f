import {
  PermissionFlagsBits,
  Routes,
  type APIApplication,
  type APIChannel,
  type APIGuild,
  type APIGuildMember,
  type APIUser,
  type Client,
  type RESTGetAPICurrentUserGuildsResult,
  type RESTGetAPIGuildThreadsResult,
  type REST,
} from 'discord.js';
import type { WholeGuildPayload } from '../pipeline/translate/guilds.js';
import type { ChannelPayload } from '../pipeline/translate/channels.js';

const GUILDS_PER_PAGE = 200;

/** Reads a guild with its roles, channels and active threads over REST. @throws DiscordAPIError when Discord refuses */
export async function readWholeGuild(rest: REST, guildId: string): Promise<WholeGuildPayload & APIGuild> {
  // Casts: these are the results Discord documents for the routes.
  const [guild, channels, { threads }] = await Promise.all([
    rest.get(Routes.guild(guildId), { query: new URLSearchParams({ with_counts: 'true' }) }) as Promise<APIGuild>,
    rest.get(Routes.guildChannels(guildId)) as Promise<APIChannel[]>,
    rest.get(Routes.guildActiveThreads(guildId)) as Promise<RESTGetAPIGuildThreadsResult>,
  ]);
  return {
    ...guild,
    member_count: guild.approximate_member_count ?? 0,
    channels: channels as ChannelPayload[],
    threads: threads as ChannelPayload[],
  };
}

/** The bot itself and its application. */
export async function readIdentity(rest: REST): Promise<{ user: APIUser; application: APIApplication }> {
  const [user, application] = await Promise.all([
    rest.get(Routes.user()) as Promise<APIUser>,
    rest.get(Routes.currentApplication()) as Promise<APIApplication>,
  ]);
  return { user, application };
}

/** The ids of all guilds the bot is in. */
export async function readGuildIds(rest: REST): Promise<string[]> {
  const ids: string[] = [];
  for (;;) {
    const query = new URLSearchParams({ limit: String(GUILDS_PER_PAGE), after: ids.at(-1) ?? '0' });
    const page = (await rest.get(Routes.userGuilds(), { query })) as RESTGetAPICurrentUserGuildsResult;
    ids.push(...page.map(({ id }) => id));
    if (page.length < GUILDS_PER_PAGE) return ids;
  }
}

/** The bot as a member of a guild. */
export async function readOwnMember(rest: REST, guildId: string, userId: string): Promise<APIGuildMember> {
  return (await rest.get(Routes.guildMember(guildId, userId))) as APIGuildMember;
}

/**
 * The channels of a guild whose past messages the bot may read, threads among them. Asking for the others would be
 * refused, and Discord shuts out whoever is refused too often.
 * @throws Error when discord.js does not know the guild
 * @see https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
 */
export async function readableChannelIds(client: Client, guildId: string): Promise<string[]> {
  const guild = client.guilds.cache.get(guildId);
  if (!guild) throw new Error(`guild ${guildId} is not known`);
  const me = await guild.members.fetchMe();
  const needed = [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.ReadMessageHistory];
  const readable = guild.channels.cache.filter(
    (channel) => channel.isTextBased() && channel.permissionsFor(me).has(needed),
  );
  return [...readable.keys()];
}
