import {
  AutoModerationActionType as ActionType,
  AutoModerationRuleEventType as EventType,
  AutoModerationRuleTriggerType as Trigger,
  PermissionFlagsBits as Permission,
} from 'discord-api-types/v10';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { RuleDraft } from '../actions/auto-moderation.js';
import { type Guild, snowflake } from '../state/model.js';
import { guildPermissions } from '../state/permissions.js';
import { requireBot } from './access.js';
import { formError, missingPermissions } from './errors.js';

/** Longest timeout by a rule: four weeks, in seconds. */
const MAX_TIMEOUT_SECONDS = 2_419_200;
/** Phrases that excuse a match; word lists of Discord have more of them. */
const MAX_ALLOWED = 100;

/** Discord's expressions are those of Rust, which look neither around nor back. */
const UNKNOWN_TO_RUST = /\(\?<?[=!]|\\[1-9]|\\k</;

const regexPattern = z
  .string()
  .min(1)
  .max(260)
  .refine(isRegex, { message: 'Invalid regular expression.', params: { code: 'AUTO_MODERATION_INVALID_REGEX' } });

const word = z.string().min(1).max(60);

const triggerMetadata = z.looseObject({
  keyword_filter: z.array(word).max(1_000).nullish(),
  regex_patterns: z.array(regexPattern).max(10).nullish(),
  allow_list: z.array(word).max(1_000).nullish(),
  presets: z.array(z.number().int().min(1).max(3)).nullish(),
  mention_total_limit: z.number().int().min(0).max(50).nullish(),
  mention_raid_protection_enabled: z.boolean().nullish(),
});

const actionBody = z.looseObject({
  type: z.number().int().min(1).max(4),
  metadata: z
    .looseObject({
      channel_id: snowflake.optional(),
      duration_seconds: z.number().int().min(1).max(MAX_TIMEOUT_SECONDS).optional(),
      custom_message: z.string().max(150).nullish(),
    })
    .nullish(),
});

export const rulePatchBody = z.looseObject({
  name: z.string().min(1).max(100).optional(),
  event_type: z.number().int().min(1).max(2).optional(),
  trigger_metadata: triggerMetadata.nullish(),
  actions: z.array(actionBody).min(1).max(5).optional(),
  enabled: z.boolean().nullish(),
  exempt_roles: z.array(snowflake).max(20).nullish(),
  exempt_channels: z.array(snowflake).max(50).nullish(),
});
export const ruleCreateBody = rulePatchBody
  .required({ name: true, event_type: true, actions: true })
  .extend({ trigger_type: z.union([1, 3, 4, 5, 6].map((type) => z.literal(type))) });

export function blankRule(triggerType: number, name: string): RuleDraft {
  return {
    name,
    triggerType,
    eventType: EventType.MessageSend,
    keywords: [],
    patterns: [],
    allowed: [],
    mentionLimit: 0,
    actions: [],
    isEnabled: false,
    exemptRoleIds: [],
    exemptChannelIds: [],
  };
}

/** Reads the fields that are there. */
export function ruleChangesFrom(
  guild: Guild,
  request: FastifyRequest,
  body: z.infer<typeof rulePatchBody>,
): Partial<RuleDraft> {
  const metadata = body.trigger_metadata;
  return {
    ...(body.name === undefined ? {} : { name: body.name }),
    ...(body.event_type === undefined ? {} : { eventType: body.event_type }),
    ...(metadata
      ? {
          keywords: metadata.keyword_filter ?? [],
          patterns: metadata.regex_patterns ?? [],
          allowed: metadata.allow_list ?? [],
          presets: metadata.presets ?? [],
          mentionLimit: metadata.mention_total_limit ?? 0,
          watchesRaids: metadata.mention_raid_protection_enabled ?? false,
        }
      : {}),
    ...(body.actions ? { actions: actionsFrom(guild, request, body.actions) } : {}),
    ...(typeof body.enabled === 'boolean' ? { isEnabled: body.enabled } : {}),
    ...(body.exempt_roles ? { exemptRoleIds: body.exempt_roles } : {}),
    ...(body.exempt_channels ? { exemptChannelIds: body.exempt_channels } : {}),
  };
}

function actionsFrom(guild: Guild, request: FastifyRequest, actions: z.infer<typeof actionBody>[]) {
  return actions.map(({ type, metadata }, index) => {
    const required = (field: string) =>
      formError(['actions', index, 'metadata', field], 'BASE_TYPE_REQUIRED', 'This field is required');
    if (type === Number(ActionType.SendAlertMessage) && !guild.channels.has(metadata?.channel_id ?? ''))
      throw required('channel_id');
    if (type === Number(ActionType.Timeout)) {
      if (metadata?.duration_seconds === undefined) throw required('duration_seconds');
      if (!(guildPermissions(guild, requireBot(request).userId) & Permission.ModerateMembers))
        throw missingPermissions();
    }
    return {
      type,
      ...(metadata?.channel_id === undefined ? {} : { channelId: metadata.channel_id }),
      ...(metadata?.duration_seconds === undefined ? {} : { timeoutSeconds: metadata.duration_seconds }),
      ...(typeof metadata?.custom_message === 'string' ? { customMessage: metadata.custom_message } : {}),
    };
  });
}

/** What a rule on names may do, and what only some rules on messages may. */
const ACTIONS: Partial<Record<number, readonly ActionType[]>> = {
  [Trigger.Keyword]: [ActionType.BlockMessage, ActionType.SendAlertMessage, ActionType.Timeout],
  [Trigger.MentionSpam]: [ActionType.BlockMessage, ActionType.SendAlertMessage, ActionType.Timeout],
  [Trigger.MemberProfile]: [ActionType.SendAlertMessage, ActionType.BlockMemberInteraction],
};
const PLAIN_ACTIONS: readonly ActionType[] = [ActionType.BlockMessage, ActionType.SendAlertMessage];

/**
 * Trigger, event and actions have to fit each other.
 * @see https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-rule-object-trigger-types
 */
export function requireFit(rule: RuleDraft): void {
  const isOnNames = rule.triggerType === Number(Trigger.MemberProfile);
  if ((rule.eventType === Number(EventType.MemberUpdate)) !== isOnNames) {
    throw formError(['event_type'], 'BASE_TYPE_BAD_VALUE', 'This event does not fit the trigger.');
  }
  if (isTriggerEmpty(rule)) throw formError(['trigger_metadata'], 'BASE_TYPE_REQUIRED', 'This field is required');
  if (rule.triggerType !== Number(Trigger.KeywordPreset) && rule.allowed.length > MAX_ALLOWED) {
    const message = `Must be ${MAX_ALLOWED} or fewer in length.`;
    throw formError(['trigger_metadata', 'allow_list'], 'BASE_TYPE_MAX_LENGTH', message);
  }
  const allowed = ACTIONS[rule.triggerType] ?? PLAIN_ACTIONS;
  const wrong = rule.actions.findIndex(({ type }) => !allowed.includes(type));
  if (wrong < 0) return;
  throw formError(['actions', wrong, 'type'], 'AUTO_MODERATION_INVALID_ACTION_TYPE', 'Not an action of such a rule.');
}

function isTriggerEmpty({ triggerType, keywords, patterns, mentionLimit, presets, watchesRaids }: RuleDraft): boolean {
  switch (triggerType) {
    case Trigger.Spam:
      return false;
    case Trigger.KeywordPreset:
      return (presets ?? []).length === 0;
    case Trigger.MentionSpam:
      return mentionLimit === 0 && !watchesRaids;
    default:
      return keywords.length + patterns.length === 0;
  }
}

function isRegex(pattern: string): boolean {
  if (UNKNOWN_TO_RUST.test(pattern)) return false;
  try {
    return new RegExp(pattern, 'iu').source !== '';
  } catch {
    // The caller reports it as a field error.
    return false;
  }
}
