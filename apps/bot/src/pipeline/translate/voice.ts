import type { VoiceState } from '@guildhall/contracts';
import { snowflake, snowflakeOrNull } from './snowflakes.js';
import type { Translation } from './translation.js';

/** @see https://discord.com/developers/docs/resources/voice#voice-state-object */
export interface VoiceStatePayload {
  guild_id?: string | undefined;
  user_id: string;
  channel_id: string | null;
  mute: boolean;
  deaf: boolean;
  self_mute: boolean;
  self_deaf: boolean;
  self_stream?: boolean;
}

export function translateVoiceState(state: VoiceStatePayload): VoiceState {
  return {
    userId: snowflake(state.user_id),
    channelId: snowflakeOrNull(state.channel_id),
    isMuted: state.mute || state.self_mute,
    isDeafened: state.deaf || state.self_deaf,
    isStreaming: state.self_stream ?? false,
  };
}

/** A call between friends has no guild and is nobody's business. */
export function voiceStateUpdate(state: VoiceStatePayload): Translation | undefined {
  if (state.guild_id === undefined) return undefined;
  const data = translateVoiceState(state);
  return { type: 'voice_state_update', guildId: state.guild_id, userId: data.userId, data };
}

/** Everybody who is in a voice channel of a guild. */
export function voiceStateList(guildId: string, states: readonly VoiceStatePayload[]): Translation {
  const voiceStates = states.map(translateVoiceState).filter(({ channelId }) => channelId !== null);
  return { type: 'voice_state_list', guildId, data: { voiceStates } };
}
