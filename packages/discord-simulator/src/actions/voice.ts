import { AuditLogEvent, ChannelType } from 'discord-api-types/v10';
import { intents } from '../state/dispatch.js';
import type { ChannelRecord, Guild, VoiceStateRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import { renderMember } from '../views/users.js';
import { renderVoiceState } from '../views/voice.js';
import { type Actor, writeAuditLog } from './audit-log.js';
import { noteAttendance } from './scheduled-events.js';

/** A member enters a voice channel, coming from another one or from none. Nothing is ever heard in it. */
export function joinVoice(world: World, guild: Guild, channel: ChannelRecord, userId: string): VoiceStateRecord {
  const state = guild.voiceStates.get(userId) ?? silentState(world, channel, userId);
  // Who only changes how they are heard keeps their seat.
  if (state.channelId !== channel.id || state.isSuppressed === undefined) takeSeat(state, channel);
  state.channelId = channel.id;
  guild.voiceStates.set(userId, state);
  publishState(world, guild, userId, renderVoiceState(state));
  return state;
}

/** Who enters a stage sits in the audience. */
function takeSeat(state: VoiceStateRecord, { type }: ChannelRecord): void {
  state.isSuppressed = type === ChannelType.GuildStageVoice;
  delete state.askedToSpeakAt;
}

function silentState(world: World, channel: ChannelRecord, userId: string): VoiceStateRecord {
  return {
    userId,
    channelId: channel.id,
    sessionId: world.randomness.hex(16),
    isMuted: false,
    isDeafened: false,
    isSelfMuted: false,
    isSelfDeafened: false,
  };
}

export interface OwnVoice {
  userId: string;
  isSelfMuted: boolean;
  isSelfDeafened: boolean;
}

/** A member enters a voice channel as they choose to be heard and to hear. */
export function joinVoiceAs(world: World, guild: Guild, channel: ChannelRecord, own: OwnVoice): void {
  const { userId } = own;
  guild.voiceStates.set(userId, { ...(guild.voiceStates.get(userId) ?? silentState(world, channel, userId)), ...own });
  joinVoice(world, guild, channel, userId);
}

/** A member hangs up; nothing happens to one who is not in voice. */
export function leaveVoice(world: World, guild: Guild, userId: string): void {
  const state = guild.voiceStates.get(userId);
  if (!state) return;
  guild.voiceStates.delete(userId);
  publishState(world, guild, userId, { ...renderVoiceState(state), channel_id: null });
}

export interface VoiceChanges {
  /** `null` disconnects. */
  channelId?: string | null | undefined;
  isMuted?: boolean | undefined;
  isDeafened?: boolean | undefined;
}

/** What a moderator does to a member who is in voice. */
export function moderateVoice(
  world: World,
  guild: Guild,
  state: VoiceStateRecord,
  { changes, by }: { changes: VoiceChanges; by: Actor },
): void {
  const { channelId, isMuted = state.isMuted, isDeafened = state.isDeafened } = changes;
  const logged = [
    ...(isMuted === state.isMuted ? [] : [{ key: 'mute', old_value: state.isMuted, new_value: isMuted }]),
    ...(isDeafened === state.isDeafened ? [] : [{ key: 'deaf', old_value: state.isDeafened, new_value: isDeafened }]),
  ];
  Object.assign(state, { isMuted, isDeafened });
  if (channelId === null) {
    leaveVoice(world, guild, state.userId);
    const actionType = AuditLogEvent.MemberDisconnect;
    writeAuditLog(world, guild, { actionType, targetId: null, options: { count: '1' }, by });
  } else {
    if (channelId !== undefined) {
      state.channelId = channelId;
      const channel = guild.channels.get(channelId);
      if (channel) takeSeat(state, channel);
      const options = { channel_id: channelId, count: '1' };
      writeAuditLog(world, guild, { actionType: AuditLogEvent.MemberMove, targetId: null, options, by });
    }
    publishState(world, guild, state.userId, renderVoiceState(state));
  }
  if (logged.length === 0) return;
  const entry = { targetId: state.userId, changes: logged, by };
  writeAuditLog(world, guild, { actionType: AuditLogEvent.MemberUpdate, ...entry });
}

export interface StageSeat {
  isSuppressed?: boolean | undefined;
  /** Null takes the wish to speak back. */
  askedToSpeakAt?: string | null | undefined;
}

/** Somebody on a stage speaks, listens, or asks to speak. */
export function changeSeat(world: World, guild: Guild, state: VoiceStateRecord, seat: StageSeat): void {
  if (seat.isSuppressed !== undefined) state.isSuppressed = seat.isSuppressed;
  if (typeof seat.askedToSpeakAt === 'string') state.askedToSpeakAt = seat.askedToSpeakAt;
  if (seat.askedToSpeakAt === null) delete state.askedToSpeakAt;
  publishState(world, guild, state.userId, renderVoiceState(state));
}

function publishState(world: World, guild: Guild, userId: string, state: object): void {
  noteAttendance(world, guild);
  world.touch();
  const member = guild.members.get(userId);
  world.publish({
    name: 'VOICE_STATE_UPDATE',
    data: { ...state, guild_id: guild.id, ...(member ? { member: renderMember(world, member) } : {}) },
    guildId: guild.id,
    intents: intents.voiceStates,
  });
}
