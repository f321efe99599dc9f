import { GatewayIntentBits as Intent } from 'discord-api-types/v10';

/** Something that happened, on its way to every Discord Gateway session and client that may see it. */
export interface Dispatch {
  /** The `t` of the frame, e.g. `MESSAGE_CREATE`. */
  name: string;
  /** The `d` of the frame, shared by all receivers: never change it after publishing. */
  data: object;
  guildId: string | null;
  /** Receivers need one of these intents; 0 means everybody. */
  intents: number;
  /** Receivers must be able to view this channel. */
  channelId?: string;
  /** When present, only these users (a bot's user id is its application id) receive it. */
  userIds?: readonly string[];
  /** Set on messages: who sees the content without the privileged intent. */
  contentVisibleTo?: readonly string[];
}

/** Intents by dispatch family. @see https://docs.discord.com/developers/events/gateway#list-of-intents */
export const intents = {
  none: 0,
  guilds: Intent.Guilds,
  members: Intent.GuildMembers,
  moderation: Intent.GuildModeration,
  presences: Intent.GuildPresences,
  messages: (guildId: string | null) => (guildId ? Intent.GuildMessages : Intent.DirectMessages),
  reactions: (guildId: string | null) => (guildId ? Intent.GuildMessageReactions : Intent.DirectMessageReactions),
  typing: (guildId: string | null) => (guildId ? Intent.GuildMessageTyping : Intent.DirectMessageTyping),
} as const;
