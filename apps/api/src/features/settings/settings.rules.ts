import {
  DEFAULT_GUILD_SETTINGS,
  type GuildSettings,
  type ModuleDefinition,
  modules,
  type UpdateGuildSettings,
} from '@guildhall/contracts';
import { DomainError } from '../../platform/problems/domain-error.js';

/**
 * What holds in a guild that nobody has configured. The communities of the local Discord are there to be looked at: they
 * store full messages.
 */
export function defaultSettings({ SIMULATOR_URL }: { SIMULATOR_URL?: string | undefined }): GuildSettings {
  const demonstration = SIMULATOR_URL === undefined ? {} : { messageContent: 'full' as const };
  return { ...DEFAULT_GUILD_SETTINGS, ...demonstration, version: 0 };
}

/** The settings after a change, with the next version. @throws DomainError `validation-failed` */
export function changedSettings(
  before: GuildSettings,
  { disabledModules, ...change }: UpdateGuildSettings,
): GuildSettings {
  if (disabledModules) checkModules(disabledModules);
  return {
    ...before,
    ...definedOf(change),
    ...(disabledModules && { disabledModules: [...new Set(disabledModules)].toSorted() }),
    version: before.version + 1,
  };
}

/** The fields that differ, as they were and as they are now; the version is not one of them. */
export function differenceBetween(
  before: GuildSettings,
  after: GuildSettings,
): { before: Record<string, unknown>; after: Record<string, unknown> } | null {
  const keys = (Object.keys(after) as (keyof GuildSettings)[]).filter(
    (key) => key !== 'version' && JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
  if (keys.length === 0) return null;
  return { before: picked(before, keys), after: picked(after, keys) };
}

/** @throws DomainError `validation-failed` for modules that do not exist or cannot be switched off */
export function checkModules(ids: readonly string[], known: readonly ModuleDefinition[] = modules): void {
  const errors = ids.flatMap((id, index) => {
    const module = known.find((candidate) => candidate.id === id);
    if (module?.isOptional) return [];
    const message = module ? 'cannot be switched off' : 'is not the id of a module';
    return [{ path: `disabledModules.${index}`, message }];
  });
  if (errors.length > 0) throw new DomainError('validation-failed', { errors });
}

function definedOf(change: Omit<UpdateGuildSettings, 'disabledModules'>): Partial<GuildSettings> {
  // Safe: the fields are those of the settings, and only those without a value are left out.
  return Object.fromEntries(
    Object.entries(change).filter(([, value]) => value !== undefined),
  ) as Partial<GuildSettings>;
}

function picked(settings: GuildSettings, keys: readonly (keyof GuildSettings)[]): Record<string, unknown> {
  return Object.fromEntries(keys.map((key) => [key, settings[key]]));
}
