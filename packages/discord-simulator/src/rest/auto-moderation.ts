import { AutoModerationRuleTriggerType as Trigger, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createRule, deleteRule, type RuleDraft, updateRule } from '../actions/auto-moderation.js';
import type { SimulatorContext } from '../context.js';
import type { AutoModerationRuleRecord, Guild } from '../state/model.js';
import { renderRule } from '../views/auto-moderation.js';
import { actorOf, requireGuildPermission } from './access.js';
import { blankRule, requireFit, ruleChangesFrom, ruleCreateBody, rulePatchBody } from './auto-moderation-form.js';
import { formError, parseForm, unknown } from './errors.js';

/** Rules per guild by trigger. @see https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-rule-object-trigger-types */
const MAX_RULES: Record<number, number> = {
  [Trigger.Keyword]: 6,
  [Trigger.Spam]: 1,
  [Trigger.KeywordPreset]: 1,
  [Trigger.MentionSpam]: 1,
  [Trigger.MemberProfile]: 1,
};

const PATH = '/guilds/:guildId/auto-moderation/rules';

/** @see https://docs.discord.com/developers/resources/auto-moderation */
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
    const equals = [...guild.autoModerationRules.values()].filter((rule) => rule.triggerType === triggerType);
    if (equals.length >= (MAX_RULES[triggerType] ?? 0)) {
      const code = 'AUTO_MODERATION_MAX_RULES_OF_TYPE_EXCEEDED';
      throw formError(['trigger_type'], code, 'Maximum number of rules of this type exceeded.');
    }
    const draft: RuleDraft = { ...blankRule(triggerType, name), ...ruleChangesFrom(guild, request, body) };
    requireFit(draft);
    return renderRule(guild, createRule(world, guild, draft, actorOf(request)));
  });

  app.patch(`${PATH}/:ruleId`, (request) => {
    const guild = requireManaged(request);
    const rule = requireRule(guild, request);
    const changes = ruleChangesFrom(guild, request, parseForm(rulePatchBody, request.body));
    requireFit({ ...rule, ...changes });
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
