import {
  AuditLogEvent,
  AutoModerationActionType as ActionType,
  MessageType,
  PermissionFlagsBits as Permission,
} from 'discord-api-types/v10';
import { intents } from '../state/dispatch.js';
import type { AutoModerationRuleRecord, ChannelRecord, Guild, MessageRecord } from '../state/model.js';
import { guildPermissions } from '../state/permissions.js';
import type { World } from '../state/world.js';
import { renderAction } from '../views/auto-moderation.js';
import { writeAuditLog } from './audit-log.js';
import { matchRule, type RuleMatch } from './auto-moderation-match.js';
import { updateMember } from './members.js';
import { createMessage, type MessageDraft } from './messages.js';

/** A rule of AutoMod stopped a message before anybody saw it. */
export class MessageBlocked extends Error {
  constructor(customMessage: string | undefined) {
    super(customMessage ?? 'Your message could not be sent: it contains content blocked by this server.');
  }
}

interface Offence {
  guild: Guild;
  channel: ChannelRecord;
  rule: AutoModerationRuleRecord;
  match: RuleMatch;
  userId: string;
  content: string;
  /** The message, where it was not blocked. */
  message?: MessageRecord;
}

/**
 * A person writes a message, which the rules of AutoMod may block, report or answer with a timeout.
 * @throws MessageBlocked when a rule blocks it
 */
export function say(world: World, channel: ChannelRecord, draft: MessageDraft & { content: string }): MessageRecord {
  const guild = channel.guildId ? world.guilds.get(channel.guildId) : undefined;
  const offences = guild ? offencesOf(world, guild, channel, draft) : [];
  const blocking = offences.flatMap(({ rule }) => rule.actions).find(({ type }) => type === ActionType.BlockMessage);
  const message = blocking ? undefined : createMessage(world, channel, draft);
  for (const offence of offences) execute(world, { ...offence, ...(message ? { message } : {}) });
  if (!message) throw new MessageBlocked(blocking?.customMessage);
  return message;
}

/** Bots, and whoever manages the guild, stand above the rules. */
function offencesOf(world: World, guild: Guild, channel: ChannelRecord, draft: MessageDraft): Offence[] {
  const { authorId: userId, content = '' } = draft;
  const member = guild.members.get(userId);
  if (!member || world.users.get(userId)?.isBot) return [];
  if (guildPermissions(guild, userId) & Permission.ManageGuild) return [];
  return [...guild.autoModerationRules.values()].flatMap((rule) => {
    const isExempt =
      rule.exemptChannelIds.includes(channel.id) ||
      rule.exemptChannelIds.includes(channel.parentId ?? '') ||
      rule.exemptRoleIds.some((id) => member.roleIds.includes(id));
    const match = rule.isEnabled && !isExempt ? matchRule(rule, content) : undefined;
    return match ? [{ guild, channel, rule, match, userId, content }] : [];
  });
}

const LOGGED_AS: Partial<Record<number, AuditLogEvent>> = {
  [ActionType.BlockMessage]: AuditLogEvent.AutoModerationBlockMessage,
  [ActionType.SendAlertMessage]: AuditLogEvent.AutoModerationFlagToChannel,
  [ActionType.Timeout]: AuditLogEvent.AutoModerationUserCommunicationDisabled,
};

function execute(world: World, offence: Offence): void {
  const { guild, channel, rule, match, userId, content, message } = offence;
  for (const action of rule.actions) {
    const alert = action.type === ActionType.SendAlertMessage ? sendAlert(world, offence, action.channelId) : undefined;
    if (action.type === ActionType.Timeout) timeOut(world, guild, userId, action.timeoutSeconds ?? 0);
    world.publish({
      name: 'AUTO_MODERATION_ACTION_EXECUTION',
      data: {
        guild_id: guild.id,
        action: renderAction(action),
        rule_id: rule.id,
        rule_trigger_type: rule.triggerType,
        user_id: userId,
        channel_id: channel.id,
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
      channel_id: channel.id,
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
    channel_id: channel.id,
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

function timeOut(world: World, guild: Guild, userId: string, seconds: number): void {
  const member = guild.members.get(userId);
  if (!member) return;
  const timeoutUntil = new Date(world.clock.now() + seconds * 1_000).toISOString();
  updateMember(world, guild, member, { changes: { timeoutUntil } });
}
