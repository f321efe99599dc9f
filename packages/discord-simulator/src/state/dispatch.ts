import { GatewayIntentBits as Intent } from 'discord-api-types/v10';

/** Every dispatch this Discord sends, beside READY and RESUMED. @see https://docs.discord.com/developers/events/gateway-events */
export const DISPATCH_NAMES = [
  'APPLICATION_COMMAND_PERMISSIONS_UPDATE',
  'AUTO_MODERATION_ACTION_EXECUTION',
  'AUTO_MODERATION_RULE_CREATE',
  'AUTO_MODERATION_RULE_DELETE',
  'AUTO_MODERATION_RULE_UPDATE',
  'CHANNEL_CREATE',
  'CHANNEL_DELETE',
  'CHANNEL_PINS_UPDATE',
  'CHANNEL_UPDATE',
  'ENTITLEMENT_CREATE',
  'ENTITLEMENT_DELETE',
  'ENTITLEMENT_UPDATE',
  'GUILD_AUDIT_LOG_ENTRY_CREATE',
  'GUILD_BAN_ADD',
  'GUILD_BAN_REMOVE',
  'GUILD_CREATE',
  'GUILD_DELETE',
  'GUILD_EMOJIS_UPDATE',
  'GUILD_INTEGRATIONS_UPDATE',
  'GUILD_MEMBER_ADD',
  'GUILD_MEMBER_REMOVE',
  'GUILD_MEMBER_UPDATE',
  'GUILD_ROLE_CREATE',
  'GUILD_ROLE_DELETE',
  'GUILD_ROLE_UPDATE',
  'GUILD_SCHEDULED_EVENT_CREATE',
  'GUILD_SCHEDULED_EVENT_DELETE',
  'GUILD_SCHEDULED_EVENT_EXCEPTION_CREATE',
  'GUILD_SCHEDULED_EVENT_EXCEPTION_DELETE',
  'GUILD_SCHEDULED_EVENT_EXCEPTION_UPDATE',
  'GUILD_SCHEDULED_EVENT_UPDATE',
  'GUILD_SCHEDULED_EVENT_USER_ADD',
  'GUILD_SCHEDULED_EVENT_USER_REMOVE',
  'GUILD_SOUNDBOARD_SOUND_CREATE',
  'GUILD_SOUNDBOARD_SOUND_DELETE',
  'GUILD_SOUNDBOARD_SOUND_UPDATE',
  'GUILD_STICKERS_UPDATE',
  'GUILD_UPDATE',
  'INTEGRATION_DELETE',
  'INTERACTION_CREATE',
  'INVITE_CREATE',
  'INVITE_DELETE',
  'MESSAGE_CREATE',
  'MESSAGE_DELETE',
  'MESSAGE_DELETE_BULK',
  'MESSAGE_POLL_VOTE_ADD',
  'MESSAGE_POLL_VOTE_REMOVE',
  'MESSAGE_REACTION_ADD',
  'MESSAGE_REACTION_REMOVE',
  'MESSAGE_REACTION_REMOVE_ALL',
  'MESSAGE_REACTION_REMOVE_EMOJI',
  'MESSAGE_UPDATE',
  'PRESENCE_UPDATE',
  'STAGE_INSTANCE_CREATE',
  'STAGE_INSTANCE_DELETE',
  'STAGE_INSTANCE_UPDATE',
  'THREAD_CREATE',
  'THREAD_DELETE',
  'THREAD_LIST_SYNC',
  'THREAD_MEMBERS_UPDATE',
  'THREAD_MEMBER_UPDATE',
  'THREAD_UPDATE',
  'TYPING_START',
  'VOICE_CHANNEL_EFFECT_SEND',
  'USER_UPDATE',
  'VOICE_CHANNEL_STATUS_UPDATE',
  'VOICE_STATE_UPDATE',
  'WEBHOOKS_UPDATE',
] as const;

export type DispatchName = (typeof DISPATCH_NAMES)[number];

/** Something that happened, on its way to every Discord Gateway session and client that may see it. */
export interface Dispatch {
  /** The `t` of the frame. */
  name: DispatchName;
  /** The `d` of the frame, shared by all receivers: never change it after publishing. */
  data: object;
  guildId: string | null;
  /** Receivers need one of these intents; 0 means everybody. */
  intents: number;
  /** Receivers must be able to view this channel. */
  channelId?: string;
  /** Receivers need this permission in the guild, or in the channel where one is named. */
  permission?: bigint;
  /** When present, only these users (a bot's user id is its application id) receive it. */
  userIds?: readonly string[];
  /** Set on what quotes messages: who sees the content without the privileged intent. */
  contentVisibleTo?: readonly string[];
}

/** Intents by dispatch family. @see https://docs.discord.com/developers/events/gateway#list-of-intents */
export const intents = {
  none: 0,
  guilds: Intent.Guilds,
  members: Intent.GuildMembers,
  moderation: Intent.GuildModeration,
  presences: Intent.GuildPresences,
  voiceStates: Intent.GuildVoiceStates,
  invites: Intent.GuildInvites,
  webhooks: Intent.GuildWebhooks,
  scheduledEvents: Intent.GuildScheduledEvents,
  autoModerationRules: Intent.AutoModerationConfiguration,
  autoModerationActions: Intent.AutoModerationExecution,
  expressions: Intent.GuildExpressions,
  integrations: Intent.GuildIntegrations,
  messages: (guildId: string | null) => (guildId ? Intent.GuildMessages : Intent.DirectMessages),
  reactions: (guildId: string | null) => (guildId ? Intent.GuildMessageReactions : Intent.DirectMessageReactions),
  polls: (guildId: string | null) => (guildId ? Intent.GuildMessagePolls : Intent.DirectMessagePolls),
  typing: (guildId: string | null) => (guildId ? Intent.GuildMessageTyping : Intent.DirectMessageTyping),
} as const;
