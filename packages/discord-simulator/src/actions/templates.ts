import type { TemplateRecord } from '../state/guild-records.js';
import type { Guild } from '../state/model.js';
import type { World } from '../state/world.js';
import { serialiseGuild } from '../views/templates.js';

/** Bytes of a code, each of which gives two characters. */
const CODE_BYTES = 6;

/** Nobody is told of templates, and no log tells of them. @see https://docs.discord.com/developers/resources/guild-template */
export function createTemplate(
  world: World,
  guild: Guild,
  draft: Pick<TemplateRecord, 'name' | 'description' | 'creatorId'>,
): TemplateRecord {
  const now = world.clock.iso();
  const template = {
    ...draft,
    code: world.randomness.hex(CODE_BYTES),
    usageCount: 0,
    createdAt: now,
    updatedAt: now,
    snapshot: serialiseGuild(guild),
  };
  guild.templates.push(template);
  world.touch();
  return template;
}

export function updateTemplate(
  world: World,
  template: TemplateRecord,
  { name = template.name, description = template.description }: { name?: string; description?: string | null },
): void {
  Object.assign(template, { name, description });
  world.touch();
}

/** Takes over how the guild is now. */
export function synchroniseTemplate(world: World, guild: Guild, template: TemplateRecord): void {
  Object.assign(template, { snapshot: serialiseGuild(guild), updatedAt: world.clock.iso() });
  world.touch();
}

export function deleteTemplate(world: World, guild: Guild, template: TemplateRecord): void {
  guild.templates = guild.templates.filter((it) => it !== template);
  world.touch();
}
