import { AutoModerationRuleTriggerType as Trigger } from 'discord-api-types/v10';
import type { AutoModerationRuleRecord, Guild } from '../state/model.js';

type Action = AutoModerationRuleRecord['actions'][number];

/** @see https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-rule-object */
export function renderRule(guild: Guild, rule: AutoModerationRuleRecord): object {
  return {
    id: rule.id,
    guild_id: guild.id,
    creator_id: rule.creatorId,
    name: rule.name,
    event_type: rule.eventType,
    trigger_type: rule.triggerType,
    trigger_metadata: renderTrigger(rule),
    actions: rule.actions.map(renderAction),
    enabled: rule.isEnabled,
    exempt_roles: rule.exemptRoleIds,
    exempt_channels: rule.exemptChannelIds,
  };
}

function renderTrigger(rule: AutoModerationRuleRecord): object {
  const { keywords: keyword_filter, patterns: regex_patterns, allowed: allow_list } = rule;
  switch (rule.triggerType) {
    case Trigger.Spam:
      return {};
    case Trigger.KeywordPreset:
      return { presets: rule.presets ?? [], allow_list };
    case Trigger.MentionSpam:
      return { mention_total_limit: rule.mentionLimit, mention_raid_protection_enabled: rule.watchesRaids ?? false };
    default:
      return { keyword_filter, regex_patterns, allow_list };
  }
}

export function renderAction({ type, channelId, timeoutSeconds, customMessage }: Action): object {
  return {
    type,
    metadata: {
      ...(channelId === undefined ? {} : { channel_id: channelId }),
      ...(timeoutSeconds === undefined ? {} : { duration_seconds: timeoutSeconds }),
      ...(customMessage === undefined ? {} : { custom_message: customMessage }),
    },
  };
}
