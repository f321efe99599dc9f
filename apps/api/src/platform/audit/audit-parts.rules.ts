import type { AuditAction, AuditActor, AuditEntry, AuditOrigin } from '@guildhall/contracts';
import type { Identity } from '../identity/identity.js';
import type { AuditPart, AuditPartName, ChainEntry } from './audit-chain.rules.js';
import type { AuditRecord } from './audit-record.js';
import { asStored } from './canonical-json.rules.js';

/** Who acts, as the database knows them. */
export interface KnownActor {
  accountId: string | null;
  name: string;
}

type TargetBody = Pick<AuditEntry['target'], 'id' | 'name'>;
type DetailsBody = Pick<AuditEntry, 'before' | 'after' | 'reason'>;

const originOfIdentity = {
  account: 'dashboard',
  interaction: 'bot',
  apiKey: 'api-key',
} as const satisfies Record<Identity['kind'], AuditOrigin>;

/** By which way a change was made. Who has not signed in yet came by the dashboard; Guildhall itself works in jobs. */
export function originOf({ origin, actor: { identity, ipAddress } }: AuditRecord): AuditOrigin {
  if (identity) return originOfIdentity[identity.kind];
  return origin ?? (ipAddress === null ? 'job' : 'dashboard');
}

/** What an entry says about people, in parts that can be erased one by one. */
export function partsOf(record: AuditRecord, known: KnownActor | null): Partial<Record<AuditPartName, AuditPart>> {
  const { target, before, after, reason } = record;
  const targetPerson = { accountId: target.accountId ?? null, discordId: target.discordId ?? null };
  const actor = actorPart(record, known);
  const targetBody: TargetBody = { id: target.id, name: target.name ?? null };
  const details: DetailsBody = { before: before ?? null, after: after ?? null, reason: reason ?? null };
  const hasDetails = before !== undefined || after !== undefined || reason !== undefined;
  return {
    ...(actor && { actor }),
    ...((target.id !== null || target.name !== undefined) && {
      target: { ...targetPerson, body: asStored(targetBody) },
    }),
    ...(hasDetails && { details: { ...targetPerson, body: asStored(details) } }),
  };
}

/** Null where Guildhall itself acts. An address without an identity belongs to whom the change is about. */
function actorPart({ actor, target }: AuditRecord, known: KnownActor | null): AuditPart | null {
  const { identity, ipAddress } = actor;
  if (!identity && ipAddress === null) return null;
  const body: AuditActor = {
    accountId: identity?.kind === 'apiKey' ? null : (known?.accountId ?? null),
    discordId: identity && identity.kind !== 'apiKey' ? identity.discordId : null,
    apiKeyId: identity?.kind === 'apiKey' ? identity.apiKeyId : null,
    name: known?.name ?? '',
    ipAddress,
  };
  return { body: asStored(body), ...personBehind(identity, known, target) };
}

function personBehind(
  identity: Identity | null,
  known: KnownActor | null,
  target: AuditRecord['target'],
): Pick<AuditPart, 'accountId' | 'discordId'> {
  if (!identity) return { accountId: target.accountId ?? null, discordId: target.discordId ?? null };
  // The address of an automation says something about who runs it.
  if (identity.kind === 'apiKey')
    return { accountId: identity.createdBy?.accountId ?? null, discordId: identity.createdBy?.discordId ?? null };
  return { accountId: known?.accountId ?? null, discordId: identity.discordId };
}

/** An entry as people read it, from the chain and the parts that are left. */
export function auditEntryOf(
  { id, seq, action, origin, targetType, partHashes }: Omit<ChainEntry, 'at' | 'guildId' | 'keyId'>,
  at: Date,
  bodies: Partial<Record<AuditPartName, unknown>>,
): AuditEntry {
  // Safe: entries are written by `AuditLog` only, and the chain says when one was changed.
  const actor = (bodies.actor ?? null) as AuditActor | null;
  const target = (bodies.target ?? { id: null, name: null }) as TargetBody;
  const details = (bodies.details ?? { before: null, after: null, reason: null }) as DetailsBody;
  return {
    id,
    seq,
    at: at.toISOString(),
    action: action as AuditAction,
    origin,
    actor,
    target: { type: targetType, ...target },
    ...details,
    isErased: Object.keys(partHashes).some((part) => !(part in bodies)),
  };
}
