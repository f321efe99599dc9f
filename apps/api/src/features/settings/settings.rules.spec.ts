import { DEFAULT_GUILD_SETTINGS, type ModuleDefinition } from '@guildhall/contracts';
import { describe, expect, it } from 'vitest';
import { changedSettings, checkModules, defaultSettings, differenceBetween } from './settings.rules.js';

const defaults = defaultSettings({});

describe('the settings of a guild', () => {
  it('store that messages were written, and all of them in the demonstration only', () => {
    expect(defaults).toEqual({ ...DEFAULT_GUILD_SETTINGS, version: 0 });
    expect(defaults.messageContent).toBe('metadata');
    expect(defaultSettings({ SIMULATOR_URL: 'http://localhost:4400' }).messageContent).toBe('full');
  });

  it('keep what a change does not name', () => {
    expect(changedSettings(defaults, { prefix: '?', locale: undefined })).toEqual({
      ...defaults,
      prefix: '?',
      version: 1,
    });
    expect(changedSettings({ ...defaults, locale: 'fr' }, { locale: null }).locale).toBeNull();
  });

  it('tell the fields that differ, as they were and are', () => {
    const after = changedSettings(defaults, { prefix: '?', timeZone: 'UTC', messageRetentionDays: null });
    expect(differenceBetween(defaults, after)).toEqual({
      before: { prefix: '!', messageRetentionDays: 90 },
      after: { prefix: '?', messageRetentionDays: null },
    });
    expect(differenceBetween(defaults, changedSettings(defaults, { prefix: '!' }))).toBeNull();
  });
});

describe('modules that are switched off', () => {
  const facts = { capabilities: [], commands: [], pages: [], retentionDays: {} };
  const known: ModuleDefinition[] = [
    { id: 'platform', isOptional: false, ...facts },
    { id: 'games', isOptional: true, ...facts },
  ];

  it('exist, and can be done without', () => {
    expect(() => checkModules(['games'], known)).not.toThrow();
    expect(() => checkModules(['games', 'platform', 'chess'], known)).toThrow(
      expect.objectContaining({
        code: 'validation-failed',
        errors: [
          { path: 'disabledModules.1', message: 'cannot be switched off' },
          { path: 'disabledModules.2', message: 'is not the id of a module' },
        ],
      }) as Error,
    );
  });
});
