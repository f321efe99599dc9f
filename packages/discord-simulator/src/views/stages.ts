import type { Guild, StageInstanceRecord } from '../state/model.js';

/** @see https://docs.discord.com/developers/resources/stage-instance#stage-instance-object */
export function renderStageInstance(guild: Guild, stage: StageInstanceRecord): object {
  return {
    id: stage.id,
    guild_id: guild.id,
    channel_id: stage.channelId,
    topic: stage.topic,
    privacy_level: stage.privacyLevel,
    discoverable_disabled: true,
    guild_scheduled_event_id: stage.eventId,
  };
}
