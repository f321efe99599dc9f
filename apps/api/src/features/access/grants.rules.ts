import { type Capability, OWNER_GRANTED_CAPABILITIES } from '@guildhall/contracts';
import type { GuildGrant } from '../../platform/access/guild-access.js';
import { DomainError } from '../../platform/problems/domain-error.js';

/** What a change gives and takes. */
export interface GrantChange {
  before: readonly Capability[];
  after: readonly Capability[];
}

/**
 * Nobody gives what they do not hold, and only the owner decides who else decides.
 * @throws DomainError `owner-only`, `missing-capability`
 */
export function requireMayChange(
  { isOwner, capabilities }: Pick<GuildGrant, 'isOwner' | 'capabilities'>,
  change: GrantChange,
): void {
  const given = change.after.filter((capability) => !change.before.includes(capability));
  const taken = change.before.filter((capability) => !change.after.includes(capability));
  const ownersOwn = [...given, ...taken].filter((capability) => OWNER_GRANTED_CAPABILITIES.includes(capability));
  if (ownersOwn.length > 0 && !isOwner) {
    throw new DomainError('owner-only', { detail: `Only the owner gives and takes ${ownersOwn.join(', ')}.` });
  }
  const beyond = given.filter((capability) => !capabilities.has(capability));
  if (beyond.length > 0) {
    throw new DomainError('missing-capability', {
      detail: `Nobody gives what they do not hold: ${beyond.join(', ')}.`,
    });
  }
}

/** What is left of an invitation by what its sender may still give. */
export function stillGivable(
  offered: readonly Capability[],
  sender: Pick<GuildGrant, 'isOwner' | 'capabilities'> | null,
): Capability[] {
  if (!sender?.capabilities.has('access.manage')) return [];
  return offered.filter(
    (capability) =>
      sender.capabilities.has(capability) && (sender.isOwner || !OWNER_GRANTED_CAPABILITIES.includes(capability)),
  );
}

/** Whether two lists hold the same, each in the order of `CAPABILITIES`. */
export function areEqual(one: readonly Capability[], other: readonly Capability[]): boolean {
  return one.length === other.length && one.every((capability, index) => capability === other[index]);
}
