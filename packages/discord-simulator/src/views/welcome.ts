import type { OnboardingRecord } from '../state/guild-records.js';
import type { Guild } from '../state/model.js';

/** @see https://docs.discord.com/developers/resources/guild#welcome-screen-object */
export function renderWelcomeScreen({ welcomeScreen }: Guild): object {
  return {
    description: welcomeScreen.description,
    welcome_channels: welcomeScreen.channels.map(({ channelId, description, emojiId, emojiName }) => ({
      channel_id: channelId,
      description,
      emoji_id: emojiId,
      emoji_name: emojiName,
    })),
  };
}

/** @see https://docs.discord.com/developers/resources/guild#guild-onboarding-object */
export function renderOnboarding({ id, onboarding }: Guild): object {
  return {
    guild_id: id,
    prompts: onboarding.prompts.map(renderPrompt),
    default_channel_ids: onboarding.defaultChannelIds,
    enabled: onboarding.isEnabled,
    mode: onboarding.mode,
  };
}

/** @see https://docs.discord.com/developers/resources/guild#guild-onboarding-object-onboarding-prompt-structure */
export function renderPrompt(prompt: OnboardingRecord['prompts'][number]): object {
  return {
    id: prompt.id,
    type: prompt.type,
    title: prompt.title,
    single_select: prompt.isSingleSelect,
    required: prompt.isRequired,
    in_onboarding: prompt.isInOnboarding,
    options: prompt.options.map((option) => ({
      id: option.id,
      title: option.title,
      description: option.description,
      emoji: { id: option.emojiId, name: option.emojiName, animated: option.isEmojiAnimated },
      role_ids: option.roleIds,
      channel_ids: option.channelIds,
    })),
  };
}
