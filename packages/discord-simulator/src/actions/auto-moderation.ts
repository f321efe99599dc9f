import { AuditLogEvent, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { type DispatchName, intents } from '../state/dispatch.js';
import type { AutoModerationRuleRecord, Guild } from '../state/model.js';
import type { World } from '../state/world.js';
import { renderRule } from '../views/auto-moderation.js';
import { type Actor, differences, writeAuditLog } from './audit-log.js';

export type RuleDraft = Omit<AutoModerationRuleRecord, 'id' | 'creatorId'>;

/** @see https://docs.discord.com/developers/resources/auto-moderation */
export function createRule(world: World, guild: Guild, draft: RuleDraft, by: Actor): AutoModerationRuleRecord {
  const rule = { ...draft, id: world.snowflakes.next(), creatorId: by.userId };
  guild.autoModerationRules.set(rule.id, rule);
  publishRule(world, guild, rule, 'AUTO_MODERATION_RULE_CREATE');
  const changes = differences({}, renderRule(guild, rule));
  writeAuditLog(world, guild, { actionType: AuditLogEvent.AutoModerationRuleCreate, targetId: rule.id, changes, by });
  return rule;
}

export function updateRule(
  world: World,
  guild: Guild,
  rule: AutoModerationRuleRecord,
  { changes, by }: { changes: Partial<RuleDraft>; by: Actor },
): void {
  const before = renderRule(guild, rule);
  Object.assign(rule, changes);
  publishRule(world, guild, rule, 'AUTO_MODERATION_RULE_UPDATE');
  const entry = { targetId: rule.id, changes: differences(before, renderRule(guild, rule)), by };
  writeAuditLog(world, guild, { actionType: AuditLogEvent.AutoModerationRuleUpdate, ...entry });
}

export function deleteRule(world: World, guild: Guild, rule: AutoModerationRuleRecord, by: Actor): void {
  guild.autoModerationRules.delete(rule.id);
  publishRule(world, guild, rule, 'AUTO_MODERATION_RULE_DELETE');
  const entry = { targetId: rule.id, changes: differences(renderRule(guild, rule), {}), by };
  writeAuditLog(world, guild, { actionType: AuditLogEvent.AutoModerationRuleDelete, ...entry });
}

function publishRule(
  world: World,
  guild: Guild,
  rule: AutoModerationRuleRecord,
  name: Extract<DispatchName, `AUTO_MODERATION_RULE_${string}`>,
): void {
  world.touch();
  world.publish({
    name,
    data: renderRule(guild, rule),
    guildId: guild.id,
    permission: Permission.ManageGuild,
    intents: intents.autoModerationRules,
  });
}
