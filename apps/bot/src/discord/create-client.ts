import { BucketScope, container, SapphireClient } from '@sapphire/framework';
import { GatewayIntentBits, IntentsBitField, Options, type Client } from 'discord.js';
import type { Logger } from 'pino';
import type { Config } from '../config.js';
import { LimitedRequests } from './limited-requests.js';
import { sapphireLogger } from './sapphire-logger.js';
import type { ShardSockets } from './shard-sockets.js';

/** Enough for the people who talk right now; everything else is in the database. */
const CACHED_MEMBERS_PER_GUILD = 200;
const CACHED_USERS = 500;

/** A person may run so many commands in so many milliseconds; more stay unanswered or are told to wait. */
const COMMANDS_PER_COOLDOWN = 3;
const COOLDOWN_MS = 5_000;

/** What the bot subscribes to; members, message content and presences must be switched on in the developer portal. */
export function intentsFor(
  config: Pick<Config, 'BOT_MESSAGE_CONTENT_INTENT' | 'BOT_PRESENCE_INTENT'>,
): GatewayIntentBits[] {
  const intents = [
    GatewayIntentBits.Guilds,
    GatewayIntentBits.GuildMembers,
    GatewayIntentBits.GuildModeration,
    GatewayIntentBits.GuildInvites,
    GatewayIntentBits.GuildVoiceStates,
    GatewayIntentBits.GuildMessages,
    GatewayIntentBits.GuildScheduledEvents,
    GatewayIntentBits.AutoModerationExecution,
  ];
  if (config.BOT_MESSAGE_CONTENT_INTENT === 'on') intents.push(GatewayIntentBits.MessageContent);
  if (config.BOT_PRESENCE_INTENT === 'on') intents.push(GatewayIntentBits.GuildPresences);
  return intents;
}

/** Subscribes to presences too; before the login only. */
export function subscribeToPresences(client: Client): void {
  client.options.intents = new IntentsBitField(client.options.intents).add(GatewayIntentBits.GuildPresences).freeze();
}

/** A Sapphire client that keeps little in memory, because the pipeline reads raw dispatches. */
export function createClient(config: Config, sockets: ShardSockets, logger: Logger): SapphireClient {
  const isMe = (id: string, client: Client): boolean => id === client.user?.id;
  return new SapphireClient({
    intents: intentsFor(config),
    rest: {
      api: config.DISCORD_API_URL,
      makeRequest: limitedRequests(config, logger).makeRequest,
    },
    ws: { buildStrategy: (manager) => sockets.buildStrategy(manager) },
    ...shardOptions(config),
    allowedMentions: { parse: [], repliedUser: false },
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      GuildMemberManager: {
        maxSize: CACHED_MEMBERS_PER_GUILD,
        keepOverLimit: (member) => isMe(member.id, member.client),
      },
      UserManager: { maxSize: CACHED_USERS, keepOverLimit: (user) => isMe(user.id, user.client) },
      MessageManager: 0,
      PresenceManager: 0,
      ReactionManager: 0,
      ReactionUserManager: 0,
      VoiceStateManager: 0,
      GuildBanManager: 0,
      GuildInviteManager: 0,
      GuildEmojiManager: 0,
      GuildStickerManager: 0,
      GuildScheduledEventManager: 0,
      StageInstanceManager: 0,
      ThreadMemberManager: 0,
    }),
    logger: { instance: sapphireLogger(logger) },
    baseUserDirectory: null,
    fetchPrefix: ({ guildId }) => (guildId === null ? null : container.configurations.of(guildId).prefix),
    loadMessageCommandListeners: config.BOT_MESSAGE_CONTENT_INTENT === 'on',
    loadDefaultErrorListeners: true,
    defaultCooldown: { delay: COOLDOWN_MS, limit: COMMANDS_PER_COOLDOWN, scope: BucketScope.User },
  });
}

function limitedRequests(config: Config, logger: Logger): LimitedRequests {
  return new LimitedRequests({
    discordApiUrl: config.DISCORD_API_URL,
    apiUrl: config.API_URL,
    serviceToken: config.SERVICE_TOKEN,
    logger,
  });
}

function shardOptions({ BOT_SHARD_COUNT: shardCount, BOT_SHARD_IDS: shards }: Config) {
  if (shardCount === undefined) return { shards: 'auto' as const };
  return { shardCount, shards: shards ?? Array.from({ length: shardCount }, (_, id) => id) };
}
