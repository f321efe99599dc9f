import { GatewayIntentBits as Intent, GatewayOpcodes } from 'discord-api-types/v10';
import type { RawData } from 'ws';
import type { z } from 'zod';
import { setPresence } from '../actions/members.js';
import type { Logger } from '../logger.js';
import type { ApplicationRecord, PresenceRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import { renderSound } from '../views/expressions.js';
import type { Connection } from './connection.js';
import type { GatewayHub } from './hub.js';
import { answerMembersRequest } from './members.js';
import {
  closeCodes,
  envelope,
  identifyPayload,
  KNOWN_INTENTS,
  presencePayload,
  requestMembersPayload,
  requestSoundsPayload,
  resumePayload,
  voiceStatePayload,
} from './payloads.js';
import type { Session } from './session.js';
import { changeOwnVoiceState } from './voice.js';

/** Largest frame a client may send. @see https://docs.discord.com/developers/events/gateway#sending-events */
const MAX_CLIENT_FRAME_BYTES = 4_096;

interface Receiver {
  world: World;
  hub: GatewayHub;
  logger: Logger;
  connection: Connection;
}

/** Does what a client's frame asks for, or closes the connection with the code that Discord gives for it. */
export function receive(receiver: Receiver, data: RawData): void {
  const { connection, hub } = receiver;
  if (!hub.limits.takeFrame(connection)) return connection.close(...closeCodes.rateLimited);
  const text = data.toString();
  const frame = Buffer.byteLength(text) > MAX_CLIENT_FRAME_BYTES ? undefined : envelope.safeParse(parseJson(text));
  if (!frame?.success) return connection.close(...closeCodes.decodeError);
  const { op, d } = frame.data;
  switch (op) {
    case GatewayOpcodes.Heartbeat:
      return heartbeat(connection, d);
    case GatewayOpcodes.Identify:
      return identify(receiver, d);
    case GatewayOpcodes.Resume:
      return resume(receiver, d);
    default:
      return command(receiver, op, d);
  }
}

/** What a client with a session may ask for. */
function command({ world, hub, logger, connection }: Receiver, op: number, payload: unknown): void {
  const obey = commandOf(connection, payload);
  switch (op) {
    case GatewayOpcodes.RequestGuildMembers:
      return obey(requestMembersPayload, (request, session) => {
        void answerMembersRequest(world, session, { request, limits: hub.limits });
      });
    case GatewayOpcodes.RequestSoundboardSounds:
      return obey(requestSoundsPayload, ({ guild_ids }, session) => sendSounds(world, session, guild_ids));
    case GatewayOpcodes.PresenceUpdate:
      return obey(presencePayload, (wanted, session) => setPresence(world, session.botId, presenceOf(wanted)));
    case GatewayOpcodes.VoiceStateUpdate:
      return obey(voiceStatePayload, (wanted, session) => changeOwnVoiceState(world, session, wanted));
    case GatewayOpcodes.RequestChannelInfo:
      logger.warn({ event: 'gateway.notServed', op });
      return connection.close(...closeCodes.unknownOpcode);
    default:
      return connection.close(...closeCodes.unknownOpcode);
  }
}

/** Reads what was asked for by its schema and does it for the session, where there is one. */
function commandOf(connection: Connection, payload: unknown) {
  return <Schema extends z.ZodType>(schema: Schema, act: (asked: z.infer<Schema>, session: Session) => void): void => {
    const { session } = connection;
    if (!session) return connection.close(...closeCodes.notAuthenticated);
    const parsed = schema.safeParse(payload);
    if (!parsed.success) return connection.close(...closeCodes.decodeError);
    act(parsed.data, session);
  };
}

function heartbeat(connection: Connection, seq: unknown): void {
  connection.isAlive = true;
  if (typeof seq === 'number') connection.session?.acknowledge(seq);
  connection.sendJson({ op: GatewayOpcodes.HeartbeatAck, d: null });
}

function identify({ world, hub, connection }: Receiver, payload: unknown): void {
  if (connection.session) return connection.close(...closeCodes.alreadyAuthenticated);
  const parsed = identifyPayload.safeParse(payload);
  if (!parsed.success) return connection.close(...closeCodes.decodeError);
  const { token, intents, shard = [0, 1], large_threshold, presence } = parsed.data;
  const application = world.applicationByToken(token.replace(/^Bot /, ''));
  if (!application) return connection.close(...closeCodes.authenticationFailed);
  const [shardId, shardCount] = shard;
  if (shardId < 0 || shardId >= shardCount) return connection.close(...closeCodes.invalidShard);
  if (intents < 0 || intents > KNOWN_INTENTS || intents & ~KNOWN_INTENTS)
    return connection.close(...closeCodes.invalidIntents);
  if (intents & disallowedIntents(application)) return connection.close(...closeCodes.disallowedIntents);
  const verdict = hub.limits.takeIdentify(application.id, shardId);
  if (verdict === 'usedUp') {
    hub.resetToken(application);
    return connection.close(...closeCodes.authenticationFailed);
  }
  if (verdict === 'tooSoon') return connection.sendJson({ op: GatewayOpcodes.InvalidSession, d: false });
  const isSharded = parsed.data.shard !== undefined;
  const terms = { application, intents, shard, isSharded, largeThreshold: large_threshold };
  if (!hub.open(connection, terms)) return connection.close(...closeCodes.shardingRequired);
  setPresence(world, application.id, presence ? presenceOf(presence) : { status: 'online', activities: [] });
}

function presenceOf({ status, activities }: z.infer<typeof presencePayload>): PresenceRecord {
  return { status: status === 'invisible' ? 'offline' : status, activities };
}

function resume({ world, hub, connection }: Receiver, payload: unknown): void {
  if (connection.session) return connection.close(...closeCodes.alreadyAuthenticated);
  const parsed = resumePayload.safeParse(payload);
  if (!parsed.success) return connection.close(...closeCodes.decodeError);
  const { session_id, seq, token } = parsed.data;
  const application = world.applicationByToken(token.replace(/^Bot /, ''));
  if (!application) return connection.close(...closeCodes.authenticationFailed);
  const outcome = hub.resume(connection, { application, sessionId: session_id, seq });
  if (outcome === 'invalidSequence') return connection.close(...closeCodes.invalidSequence);
  if (outcome === 'lost') connection.sendJson({ op: GatewayOpcodes.InvalidSession, d: false });
}

/** @see https://docs.discord.com/developers/events/gateway-events#request-soundboard-sounds */
function sendSounds(world: World, session: Session, guildIds: readonly string[]): void {
  for (const id of new Set(guildIds)) {
    const guild = world.guilds.get(id);
    if (!guild?.members.has(session.botId) || !session.coversGuild(id)) continue;
    const soundboard_sounds = guild.sounds.map((sound) => renderSound(guild, sound));
    session.dispatch('SOUNDBOARD_SOUNDS', JSON.stringify({ guild_id: id, soundboard_sounds }));
  }
}

function disallowedIntents({ privilegedIntents }: ApplicationRecord): number {
  return (
    (privilegedIntents.members ? 0 : Intent.GuildMembers) |
    (privilegedIntents.presence ? 0 : Intent.GuildPresences) |
    (privilegedIntents.messageContent ? 0 : Intent.MessageContent)
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The caller answers what is not an envelope with 4002.
    return undefined;
  }
}
