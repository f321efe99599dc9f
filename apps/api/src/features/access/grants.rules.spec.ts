import { CAPABILITIES, type Capability, OWNER_GRANTED_CAPABILITIES } from '@guildhall/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DomainError } from '../../platform/problems/domain-error.js';
import { requireMayChange, stillGivable } from './grants.rules.js';

const grant = (isOwner: boolean, ...held: Capability[]) => ({ isOwner, capabilities: new Set(held) });

function refusal(work: () => void): string | null {
  try {
    work();
    return null;
  } catch (error) {
    return (error as DomainError).code;
  }
}

describe('requireMayChange', () => {
  const manager = grant(false, 'access.manage', 'guild.view', 'members.read');

  it.each<[string, Capability[], Capability[], string | null]>([
    ['gives what they hold', [], ['members.read'], null],
    ['gives what they do not hold', [], ['bans.write'], 'missing-capability'],
    ['leaves what they do not hold', ['bans.write'], ['bans.write', 'members.read'], null],
    ['takes what they do not hold', ['bans.write'], [], null],
    ['gives the right to decide, which they hold', [], ['access.manage'], 'owner-only'],
    ['takes the right to decide', ['apiKeys.manage'], [], 'owner-only'],
    ['leaves the right to decide', ['access.manage'], ['access.manage', 'members.read'], null],
  ])('judges a manager who %s', (_, before, after, expected) => {
    expect(refusal(() => requireMayChange(manager, { before, after }))).toBe(expected);
  });

  it('lets the owner give and take everything', () => {
    const owner = grant(true, ...CAPABILITIES);
    expect(refusal(() => requireMayChange(owner, { before: [], after: CAPABILITIES }))).toBeNull();
    expect(refusal(() => requireMayChange(owner, { before: CAPABILITIES, after: [] }))).toBeNull();
  });
});

describe('stillGivable', () => {
  const capabilities = fc.subarray([...CAPABILITIES]);

  it('is nothing when the sender no longer decides, or is gone', () => {
    expect(stillGivable(['members.read'], grant(false, 'members.read'))).toEqual([]);
    expect(stillGivable(['members.read'], null)).toEqual([]);
  });

  it('never exceeds the offer nor the sender, and gives the right to decide for the owner alone', () => {
    fc.assert(
      fc.property(capabilities, capabilities, fc.boolean(), (offered, held, isOwner) => {
        const given = stillGivable(offered, grant(isOwner, ...held));
        expect(given.every((capability) => offered.includes(capability) && held.includes(capability))).toBe(true);
        if (!isOwner) expect(given.some((capability) => OWNER_GRANTED_CAPABILITIES.includes(capability))).toBe(false);
      }),
    );
  });
});
