import {
  ChannelType,
  PermissionFlagsBits,
  Routes,
  type APIApplication,
  type APIChannel,
  type APIGuild,
  type APIGuildMember,
  type APIUser,
  type Client,
  type Guild,
  type RESTGetAPICurrentUserGuildsResult,
  type RESTGetAPIGuildThreadsResult,
  type REST,
} from 'discord.js';
import type { WholeGuildPayload } from '../pipeline/translate/guilds.js';
import type { ChannelPayload } from '../pipeline/translate/channels.js';

const GUILDS_PER_PAGE = 200;

/** Channels that can have public threads. @see https://discord.com/developers/docs/topics/threads */
const THREAD_PARENTS: ReadonlySet<ChannelType> = new Set([
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildForum,
  ChannelType.GuildMedia,
]);

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

/** A channel whose past the bot may read. */
export interface ReadableChannel {
  id: string;
  /** Forums have none of their own, but in their threads. */
  hasMessages: boolean;
  /** Which lists of archived threads the bot may read. */
  archivedThreads: readonly ('public' | 'private')[];
}

/**
 * The channels of a guild whose past messages the bot may read, active threads among them. Asking for the others would be
 * refused, and Discord shuts out whoever is refused too often.
 * @throws Error when discord.js does not know the guild
 * @see https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
 */
export async function readableChannels(client: Client, guildId: string): Promise<ReadableChannel[]> {
  const guild = knownGuild(client, guildId);
  const me = await guild.members.fetchMe();
  const needed = [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.ReadMessageHistory];
  return [...guild.channels.cache.values()].flatMap((channel) => {
    const permissions = channel.permissionsFor(me);
    if (!permissions.has(needed)) return [];
    const hasMessages = channel.isTextBased();
    const hasThreads = THREAD_PARENTS.has(channel.type);
    if (!hasMessages && !hasThreads) return [];
    const readsPrivate = channel.type === ChannelType.GuildText && permissions.has(PermissionFlagsBits.ManageThreads);
    const archivedThreads = !hasThreads ? [] : readsPrivate ? (['public', 'private'] as const) : (['public'] as const);
    return [{ id: channel.id, hasMessages, archivedThreads }];
  });
}

/** Whether the bot may read who is banned. @throws Error when discord.js does not know the guild */
export async function mayReadBans(client: Client, guildId: string): Promise<boolean> {
  const me = await knownGuild(client, guildId).members.fetchMe();
  return me.permissions.has(PermissionFlagsBits.BanMembers);
}

function knownGuild(client: Client, guildId: string): Guild {
  const guild = client.guilds.cache.get(guildId);
  if (!guild) throw new Error(`guild ${guildId} is not known`);
  return guild;
}
