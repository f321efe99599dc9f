import {
  AutoModerationActionType as ActionType,
  AutoModerationRuleTriggerType as Trigger,
  PermissionFlagsBits as Permission,
} from 'discord-api-types/v10';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { createRule, deleteRule, type RuleDraft, updateRule } from '../actions/auto-moderation.js';
import type { SimulatorContext } from '../context.js';
import { type AutoModerationRuleRecord, type Guild, snowflake } from '../state/model.js';
import { guildPermissions } from '../state/permissions.js';
import { renderRule } from '../views/auto-moderation.js';
import { actorOf, requireBot, requireGuildPermission } from './access.js';
import { formError, missingPermissions, parseForm, refuseUnserved, unknown } from './errors.js';

/** Longest timeout by a rule: four weeks, in seconds. */
const MAX_TIMEOUT_SECONDS = 2_419_200;
/** Rules per guild by trigger. @see https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-rule-object-trigger-types */
const MAX_RULES: Partial<Record<number, number>> = { [Trigger.Keyword]: 6, [Trigger.MentionSpam]: 1 };

const regexPattern = z
  .string()
  .min(1)
  .max(260)
  .refine(isRegex, {
    message: 'Invalid regular expression.',
    params: { code: 'AUTO_MODERATION_INVALID_REGEX' },
  });

const triggerMetadata = z.looseObject({
  keyword_filter: z.array(z.string().min(1).max(60)).max(1_000).optional(),
  regex_patterns: z.array(regexPattern).max(10).optional(),
  allow_list: z.array(z.string().min(1).max(60)).max(100).optional(),
  mention_total_limit: z.number().int().min(0).max(50).optional(),
});

const actionBody = z.looseObject({
  type: z.number().int().min(1).max(4),
  metadata: z
    .looseObject({
      channel_id: snowflake.optional(),
      duration_seconds: z.number().int().min(1).max(MAX_TIMEOUT_SECONDS).optional(),
      custom_message: z.string().max(150).optional(),
    })
    .nullish(),
});

const rulePatchBody = z.looseObject({
  name: z.string().min(1).max(100).optional(),
  event_type: z.number().int().min(1).max(2).optional(),
  trigger_metadata: triggerMetadata.nullish(),
  actions: z.array(actionBody).min(1).max(5).optional(),
  enabled: z.boolean().optional(),
  exempt_roles: z.array(snowflake).max(20).optional(),
  exempt_channels: z.array(snowflake).max(50).optional(),
});
const ruleCreateBody = rulePatchBody
  .required({ name: true, event_type: true, actions: true })
  .extend({ trigger_type: z.number().int().min(1).max(6) });

const PATH = '/guilds/:guildId/auto-moderation/rules';

/** Rules on keywords and on mentions; the other triggers rest on word lists and models that only Discord has. */
export function autoModerationRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  const requireManaged = (request: FastifyRequest) => requireGuildPermission(world, request, Permission.ManageGuild);

  app.get(PATH, (request) => {
    const guild = requireManaged(request);
    return [...guild.autoModerationRules.values()].map((rule) => renderRule(guild, rule));
  });

  app.get(`${PATH}/:ruleId`, (request) => {
    const guild = requireManaged(request);
    return renderRule(guild, requireRule(guild, request));
  });

  app.post(PATH, (request) => {
    const guild = requireManaged(request);
    const body = parseForm(ruleCreateBody, request.body);
    const { trigger_type: triggerType, name } = body;
    if (MAX_RULES[triggerType] === undefined) refuseUnserved(body, ['trigger_type']);
    const equals = [...guild.autoModerationRules.values()].filter((rule) => rule.triggerType === triggerType);
    if (equals.length >= (MAX_RULES[triggerType] ?? 0)) {
      const code = 'AUTO_MODERATION_MAX_RULES_OF_TYPE_EXCEEDED';
      throw formError(['trigger_type'], code, 'Maximum number of rules of this type exceeded.');
    }
    const draft: RuleDraft = { ...blankRule(triggerType, name), ...changesFrom(guild, request, body) };
    requireTrigger(draft);
    return renderRule(guild, createRule(world, guild, draft, actorOf(request)));
  });

  app.patch(`${PATH}/:ruleId`, (request) => {
    const guild = requireManaged(request);
    const rule = requireRule(guild, request);
    const changes = changesFrom(guild, request, parseForm(rulePatchBody, request.body));
    requireTrigger({ ...rule, ...changes });
    updateRule(world, guild, rule, { changes, by: actorOf(request) });
    return renderRule(guild, rule);
  });

  app.delete(`${PATH}/:ruleId`, (request, reply) => {
    const guild = requireManaged(request);
    deleteRule(world, guild, requireRule(guild, request), actorOf(request));
    return reply.code(204).send();
  });
}

function requireRule(guild: Guild, request: FastifyRequest): AutoModerationRuleRecord {
  const rule = guild.autoModerationRules.get((request.params as { ruleId: string }).ruleId);
  if (!rule) throw unknown.autoModerationRule();
  return rule;
}

function blankRule(triggerType: number, name: string): RuleDraft {
  return {
    name,
    triggerType,
    eventType: 1,
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

function changesFrom(guild: Guild, request: FastifyRequest, body: z.infer<typeof rulePatchBody>): Partial<RuleDraft> {
  const metadata = body.trigger_metadata;
  if (metadata) refuseUnserved(metadata, ['presets', 'mention_raid_protection_enabled']);
  if (body.event_type === 2) refuseUnserved(body, ['event_type']);
  return {
    ...(body.name === undefined ? {} : { name: body.name }),
    ...(metadata
      ? {
          keywords: metadata.keyword_filter ?? [],
          patterns: metadata.regex_patterns ?? [],
          allowed: metadata.allow_list ?? [],
          mentionLimit: metadata.mention_total_limit ?? 0,
        }
      : {}),
    ...(body.actions ? { actions: actionsFrom(guild, request, body.actions) } : {}),
    ...(body.enabled === undefined ? {} : { isEnabled: body.enabled }),
    ...(body.exempt_roles ? { exemptRoleIds: body.exempt_roles } : {}),
    ...(body.exempt_channels ? { exemptChannelIds: body.exempt_channels } : {}),
  };
}

function actionsFrom(guild: Guild, request: FastifyRequest, actions: z.infer<typeof actionBody>[]) {
  return actions.map(({ type, metadata }, index) => {
    const required = (field: string) =>
      formError(['actions', index, 'metadata', field], 'BASE_TYPE_REQUIRED', 'This field is required');
    if (type === ActionType.BlockMemberInteraction) refuseUnserved({ type }, ['type']);
    if (type === ActionType.SendAlertMessage && !guild.channels.has(metadata?.channel_id ?? ''))
      throw required('channel_id');
    if (type === ActionType.Timeout) {
      if (metadata?.duration_seconds === undefined) throw required('duration_seconds');
      if (!(guildPermissions(guild, requireBot(request).userId) & Permission.ModerateMembers))
        throw missingPermissions();
    }
    return {
      type,
      ...(metadata?.channel_id === undefined ? {} : { channelId: metadata.channel_id }),
      ...(metadata?.duration_seconds === undefined ? {} : { timeoutSeconds: metadata.duration_seconds }),
      ...(metadata?.custom_message === undefined ? {} : { customMessage: metadata.custom_message }),
    };
  });
}

function requireTrigger({ triggerType, keywords, patterns, mentionLimit }: RuleDraft): void {
  const isEmpty = triggerType === Trigger.Keyword ? keywords.length + patterns.length === 0 : mentionLimit === 0;
  if (isEmpty) throw formError(['trigger_metadata'], 'BASE_TYPE_REQUIRED', 'This field is required');
}

function isRegex(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'iu').source !== '';
  } catch {
    // The caller reports it as a field error.
    return false;
  }
}
