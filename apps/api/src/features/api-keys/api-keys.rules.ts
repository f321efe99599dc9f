import { type Capability, OWNER_GRANTED_CAPABILITIES } from '@guildhall/contracts';

const HOUR_MS = 3_600_000;

/** Whoever makes a key, as far as it decides what the key may do. */
export interface Maker {
  isOwner: boolean;
  capabilities: ReadonlySet<Capability>;
}

/** What of `wanted` somebody may not give to a key: what they do not hold, and what only the owner gives. */
export function ungivable(wanted: readonly Capability[], { isOwner, capabilities }: Maker): Capability[] {
  return wanted.filter(
    (capability) => !capabilities.has(capability) || (!isOwner && OWNER_GRANTED_CAPABILITIES.includes(capability)),
  );
}

/** When a key ends that was rotated now: after the overlap, but never later than it would have anyway. */
export function overlapEnd(now: Date, overlapHours: number, expiresAt: Date | null): Date {
  const end = new Date(now.getTime() + overlapHours * HOUR_MS);
  return expiresAt !== null && expiresAt < end ? expiresAt : end;
}
