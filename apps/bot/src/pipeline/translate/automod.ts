import type { GatewayAutoModerationActionExecutionDispatchData } from 'discord.js';
import { snowflake, snowflakeOrNull } from './snowflakes.js';
import type { Translation } from './translation.js';

/**
 * Without what was written: neither the content nor the part of it that matched leaves the bot.
 * @see https://discord.com/developers/docs/events/gateway-events#auto-moderation-action-execution
 */
export function automodExecution(execution: GatewayAutoModerationActionExecutionDispatchData): Translation {
  const userId = snowflake(execution.user_id);
  const data = {
    ruleId: snowflake(execution.rule_id),
    triggerType: execution.rule_trigger_type,
    actionType: execution.action.type,
    userId,
    channelId: snowflakeOrNull(execution.channel_id),
    messageId: snowflakeOrNull(execution.message_id),
    matchedKeyword: execution.matched_keyword,
  };
  return { type: 'automod_execution', guildId: execution.guild_id, userId, data };
}
