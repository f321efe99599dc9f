import {
  GatewayDispatchEvents,
  ShardClientUtil,
  type Client,
  type GatewayDispatchPayload,
  type GatewayGuildCreateDispatchData,
  type WebSocketShard,
} from 'discord.js';
import type { Logger } from 'pino';
import { readGuildIds, readIdentity, readOwnMember, readWholeGuild } from './guild-reader.js';

/** What discord.js offers only to itself, and a resumed process needs from it. */
interface DispatchHandling {
  handlePacket: (packet: object, shard: WebSocketShard) => boolean;
}
interface ReadyHandling {
  onReadyPacket: (ready: object) => void;
  gotGuild: (guildId: string) => void;
}

/**
 * Makes a client ready on a session that an earlier process began. Discord replays what was missed but does not repeat
 * READY and GUILD_CREATE, without which discord.js knows no guild and answers nobody; so they are read over REST and
 * handed to it as the dispatches it would have had.
 */
export async function completeResumedShard(client: Client, shardId: number, logger: Logger): Promise<void> {
  const shard = client.ws.shards.get(shardId);
  if (!shard) return;
  const shardCount = client.options.shardCount ?? 1;
  const { user, application } = await readIdentity(client.rest);
  const all = await readGuildIds(client.rest);
  const guildIds = all.filter((id) => ShardClientUtil.shardIdForGuildId(id, shardCount) === shardId);
  const ready = { user, application, guilds: guildIds.map((id) => ({ id, unavailable: true })) };
  // Safe: both classes have these methods; the types hide them.
  const manager = client.ws as unknown as DispatchHandling;
  const readiness = shard as unknown as ReadyHandling;
  readiness.onReadyPacket(ready);
  manager.handlePacket({ t: GatewayDispatchEvents.Ready, d: ready }, shard);
  for (const guildId of guildIds) {
    try {
      const d = await readAsDispatch(client, guildId, user.id);
      manager.handlePacket({ t: GatewayDispatchEvents.GuildCreate, d }, shard);
    } catch (error) {
      logger.warn({ err: error, guildId }, 'a guild could not be read; its commands are silent until the next start');
    }
    readiness.gotGuild(guildId);
  }
}

async function readAsDispatch(
  client: Client,
  guildId: string,
  userId: string,
): Promise<GatewayGuildCreateDispatchData> {
  const [guild, me] = await Promise.all([
    readWholeGuild(client.rest, guildId),
    readOwnMember(client.rest, guildId, userId),
  ]);
  const absent = {
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
  const whole = { ...guild, ...absent, members: [me], large: false, unavailable: false, joined_at: me.joined_at };
  // Safe: every field that discord.js reads from GUILD_CREATE is there.
  return whole as unknown as Extract<GatewayDispatchPayload, { t: GatewayDispatchEvents.GuildCreate }>['d'];
}
