import {
  AutoModerationActionType as ActionType,
  AutoModerationRuleEventType as EventType,
} from 'discord-api-types/v10';
import type { Guild, MemberRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import { answerOffence, appliesTo, isAboveRules, type Offence } from './auto-moderation-answer.js';
import { matchRule } from './auto-moderation-match.js';

/**
 * Looks at what a member is called, who has just come or changed it. Who is quarantined for it is free again with another name.
 * @returns whether that changed the member
 */
export function watchProfile(world: World, guild: Guild, member: MemberRecord): boolean {
  const offences = offencesOf(world, guild, member);
  const isBlocked = offences.some(({ rule }) =>
    rule.actions.some(({ type }) => type === ActionType.BlockMemberInteraction),
  );
  const hasChanged = isBlocked !== (member.isQuarantined ?? false);
  if (isBlocked) member.isQuarantined = true;
  else delete member.isQuarantined;
  for (const offence of offences) answerOffence(world, offence);
  return hasChanged;
}

function offencesOf(world: World, guild: Guild, member: MemberRecord): Offence[] {
  const { userId } = member;
  const user = world.users.get(userId);
  if (!user || isAboveRules(world, guild, userId)) return [];
  const names = [member.nick, user.globalName, user.username].filter((name) => name !== null);
  return [...guild.autoModerationRules.values()]
    .filter((rule) => appliesTo(rule, member, EventType.MemberUpdate))
    .flatMap((rule) => {
      for (const content of names) {
        const match = matchRule(rule, content);
        if (match) return [{ guild, rule, match, userId, content }];
      }
      return [];
    });
}
