import {
  AuditLogEvent,
  AutoModerationActionType as ActionType,
  type AutoModerationRuleEventType,
  MessageType,
  PermissionFlagsBits as Permission,
} from 'discord-api-types/v10';
import { intents } from '../state/dispatch.js';
import type { AutoModerationRuleRecord, ChannelRecord, Guild, MemberRecord, MessageRecord } from '../state/model.js';
import { guildPermissions } from '../state/permissions.js';
import type { World } from '../state/world.js';
import { renderAction } from '../views/auto-moderation.js';
import { writeAuditLog } from './audit-log.js';
import type { RuleMatch } from './auto-moderation-match.js';
import { createMessage } from './messages.js';

export interface Offence {
  guild: Guild;
  rule: AutoModerationRuleRecord;
  match: RuleMatch;
  userId: string;
  content: string;
  /** Where it was written; absent for a name. */
  channel?: ChannelRecord;
  /** The message, where it was not blocked. */
  message?: MessageRecord;
}

/** Bots, and whoever manages the guild, stand above the rules. */
export function isAboveRules(world: World, guild: Guild, userId: string): boolean {
  if (world.users.get(userId)?.isBot) return true;
  return (guildPermissions(guild, userId) & Permission.ManageGuild) !== 0n;
}

/** Whether a rule looks at what this member does. */
export function appliesTo(
  { isEnabled, eventType, exemptRoleIds }: AutoModerationRuleRecord,
  member: MemberRecord,
  event: AutoModerationRuleEventType,
): boolean {
  return isEnabled && eventType === Number(event) && !exemptRoleIds.some((id) => member.roleIds.includes(id));
}

const LOGGED_AS: Partial<Record<number, AuditLogEvent>> = {
  [ActionType.BlockMessage]: AuditLogEvent.AutoModerationBlockMessage,
  [ActionType.SendAlertMessage]: AuditLogEvent.AutoModerationFlagToChannel,
  [ActionType.Timeout]: AuditLogEvent.AutoModerationUserCommunicationDisabled,
  [ActionType.BlockMemberInteraction]: AuditLogEvent.AutoModerationQuarantineUser,
};

/** Raises the alarm that the rule asks for, and tells of what it does. Blocking and timeouts are up to whoever heard the offence. */
export function answerOffence(world: World, offence: Offence): void {
  const { guild, channel, rule, match, userId, content, message } = offence;
  for (const action of rule.actions) {
    const alert = action.type === ActionType.SendAlertMessage ? sendAlert(world, offence, action.channelId) : undefined;
    world.publish({
      name: 'AUTO_MODERATION_ACTION_EXECUTION',
      data: {
        guild_id: guild.id,
        action: renderAction(action),
        rule_id: rule.id,
        rule_trigger_type: rule.triggerType,
        user_id: userId,
        ...(channel ? { channel_id: channel.id } : {}),
        ...(message ? { message_id: message.id } : {}),
        ...(alert ? { alert_system_message_id: alert.id } : {}),
        content,
        matched_keyword: match.keyword,
        matched_content: match.matched,
      },
      guildId: guild.id,
      permission: Permission.ManageGuild,
      intents: intents.autoModerationActions,
      contentVisibleTo: [],
    });
    const actionType = LOGGED_AS[action.type];
    const options = {
      ...(channel ? { channel_id: channel.id } : {}),
      auto_moderation_rule_name: rule.name,
      auto_moderation_rule_trigger_type: String(rule.triggerType),
    };
    if (actionType) writeAuditLog(world, guild, { actionType, targetId: userId, options, by: { userId } });
  }
}

/** What moderators read in the channel of the rule. */
function sendAlert(world: World, offence: Offence, alertChannelId: string | undefined): MessageRecord | undefined {
  const { rule, match, channel, content, userId, message } = offence;
  const alertChannel = world.channel(alertChannelId ?? '');
  if (!alertChannel) return undefined;
  const fields = {
    rule_name: rule.name,
    ...(channel ? { channel_id: channel.id } : {}),
    decision_id: world.snowflakes.next(),
    keyword: match.keyword ?? '',
    keyword_matched_content: match.matched ?? '',
    ...(message ? { flagged_message_id: message.id } : {}),
  };
  const embed = {
    type: 'auto_moderation_message',
    description: content,
    fields: Object.entries(fields).map(([name, value]) => ({ name, value, inline: false })),
  };
  return createMessage(world, alertChannel, {
    authorId: userId,
    type: MessageType.AutoModerationAction,
    embeds: [embed],
  });
}
