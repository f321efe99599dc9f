import { AuditLogEvent } from 'discord-api-types/v10';
import type { OnboardingRecord, WelcomeScreenRecord } from '../state/guild-records.js';
import type { Guild } from '../state/model.js';
import type { World } from '../state/world.js';
import { featuresOf } from '../views/guild-settings.js';
import { renderPrompt } from '../views/welcome.js';
import { type Actor, differences, writeAuditLog } from './audit-log.js';
import { announceGuildUpdate } from './guilds.js';

/** Whether there is a welcome screen is a feature of the guild, and so its change an update. */
export function updateWelcomeScreen(world: World, guild: Guild, screen: WelcomeScreenRecord, by: Actor): void {
  const before = featuresOf(guild);
  guild.welcomeScreen = screen;
  world.touch();
  if (featuresOf(guild).length !== before.length) announceGuildUpdate(world, guild);
  const changes = differences({ features: before }, { features: featuresOf(guild) });
  writeAuditLog(world, guild, { actionType: AuditLogEvent.GuildUpdate, targetId: guild.id, changes, by });
}

/** Replaces how new members are received; each prompt that came, changed or went has an entry of its own. */
export function updateOnboarding(world: World, guild: Guild, onboarding: OnboardingRecord, by: Actor): void {
  const { onboarding: before } = guild;
  guild.onboarding = onboarding;
  world.touch();
  auditPrompts(world, guild, before, by);
  const changes = differences(loggedOnboarding(before), loggedOnboarding(onboarding));
  if (changes.length === 0) return;
  writeAuditLog(world, guild, { actionType: AuditLogEvent.OnboardingUpdate, targetId: guild.id, changes, by });
}

function auditPrompts(world: World, guild: Guild, before: OnboardingRecord, by: Actor): void {
  const { prompts } = guild.onboarding;
  for (const old of before.prompts) {
    if (prompts.some(({ id }) => id === old.id)) continue;
    const changes = differences(renderPrompt(old), {});
    writeAuditLog(world, guild, { actionType: AuditLogEvent.OnboardingPromptDelete, targetId: old.id, changes, by });
  }
  for (const prompt of prompts) {
    const old = before.prompts.find(({ id }) => id === prompt.id);
    const changes = differences(old ? renderPrompt(old) : {}, renderPrompt(prompt));
    if (changes.length === 0) continue;
    const actionType = old ? AuditLogEvent.OnboardingPromptUpdate : AuditLogEvent.OnboardingPromptCreate;
    writeAuditLog(world, guild, { actionType, targetId: prompt.id, changes, by });
  }
}

function loggedOnboarding({ isEnabled, mode, defaultChannelIds, prompts }: OnboardingRecord): object {
  return {
    enabled: isEnabled,
    mode,
    default_channel_ids: defaultChannelIds,
    prompts: prompts.map(({ id }) => id),
  };
}
