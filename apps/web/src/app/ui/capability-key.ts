import type { Capability } from '@guildhall/contracts';

/** Key of a capability's name in the locale files, where a dot would mean a level. */
export function capabilityKey(capability: Capability): string {
  return `capabilities.${capability.replace('.', '-')}`;
}
