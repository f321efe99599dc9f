import type { VoiceStateRecord } from '../state/model.js';

/** @see https://docs.discord.com/developers/resources/voice#voice-state-object */
export function renderVoiceState(state: VoiceStateRecord): object {
  return {
    user_id: state.userId,
    channel_id: state.channelId,
    session_id: state.sessionId,
    mute: state.isMuted,
    deaf: state.isDeafened,
    self_mute: state.isSelfMuted,
    self_deaf: state.isSelfDeafened,
    self_video: false,
    suppress: state.isSuppressed ?? false,
    request_to_speak_timestamp: state.askedToSpeakAt ?? null,
  };
}
