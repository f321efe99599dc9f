import { CAPABILITIES } from '@guildhall/contracts';
import { describe, expect, it } from 'vitest';
import { overlapEnd, ungivable } from './api-keys.rules.js';

describe('a maker of keys', () => {
  it('gives what they hold', () => {
    const maker = { isOwner: false, capabilities: new Set(['guild.view', 'members.read', 'apiKeys.manage'] as const) };
    expect(ungivable(['guild.view', 'members.read'], maker)).toEqual([]);
    expect(ungivable(['guild.view', 'bans.write'], maker)).toEqual(['bans.write']);
    expect(ungivable(['apiKeys.manage'], maker)).toEqual(['apiKeys.manage']);
  });

  it('gives everything as the owner', () => {
    expect(ungivable(CAPABILITIES, { isOwner: true, capabilities: new Set(CAPABILITIES) })).toEqual([]);
  });
});

it('ends a rotated key after the overlap, and never later than it would have', () => {
  const now = new Date('2026-11-21T12:00:00Z');
  const at = (text: string) => new Date(text);
  expect(overlapEnd(now, 24, null)).toEqual(at('2026-11-22T12:00:00Z'));
  expect(overlapEnd(now, 0, null)).toEqual(now);
  expect(overlapEnd(now, 24, at('2026-11-21T15:00:00Z'))).toEqual(at('2026-11-21T15:00:00Z'));
});
