import { ChannelType } from 'discord-api-types/v10';
import type { ChannelRecord, ForumTagRecord } from '../state/model.js';

/** Bits per second of a voice channel. */
const DEFAULT_BITRATE = 64_000;

/** What voice and stage channels have; nothing for others. */
export function renderCall(channel: ChannelRecord): object {
  if (channel.type !== ChannelType.GuildVoice && channel.type !== ChannelType.GuildStageVoice) return {};
  return {
    bitrate: channel.bitrate ?? DEFAULT_BITRATE,
    user_limit: channel.userLimit ?? 0,
    rtc_region: channel.rtcRegion ?? null,
    ...(channel.videoQualityMode === undefined ? {} : { video_quality_mode: channel.videoQualityMode }),
  };
}

/** What new threads take over, where somebody chose it. */
export function renderThreadDefaults({ defaultAutoArchiveMinutes, threadSlowmodeSeconds }: ChannelRecord): object {
  return {
    ...(defaultAutoArchiveMinutes === undefined ? {} : { default_auto_archive_duration: defaultAutoArchiveMinutes }),
    ...(threadSlowmodeSeconds === undefined ? {} : { default_thread_rate_limit_per_user: threadSlowmodeSeconds }),
  };
}

/** What forum and media channels have; nothing for others. */
export function renderForum({ forum }: ChannelRecord): object {
  if (!forum) return {};
  const { defaultReaction } = forum;
  return {
    available_tags: forum.tags.map(renderTag),
    default_reaction_emoji: defaultReaction && {
      emoji_id: defaultReaction.emojiId,
      emoji_name: defaultReaction.emojiName,
    },
    default_sort_order: forum.sortOrder,
    default_forum_layout: forum.layout,
    default_tag_setting: forum.tagSetting,
  };
}

function renderTag({ id, name, isModerated, emojiId, emojiName }: ForumTagRecord): object {
  return { id, name, moderated: isModerated, emoji_id: emojiId, emoji_name: emojiName };
}
