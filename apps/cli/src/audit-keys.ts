import { apiEnvironmentSchema } from '@guildhall/api/config';
import { AuditKeys } from '@guildhall/api/maintenance';
import { EnvironmentError } from '@guildhall/contracts';
import type { Secrets } from './data/secrets.js';

/**
 * The keys of the audit log: the operator's, or those of this machine.
 * @throws EnvironmentError when the operator's list cannot be read
 */
export function auditKeysOf(environment: NodeJS.ProcessEnv, secrets: Secrets): AuditKeys {
  const key = apiEnvironmentSchema.shape.AUDIT_KEY.safeParse(environment.AUDIT_KEY || secrets.AUDIT_KEY);
  if (!key.success) throw new EnvironmentError(key.error.issues.map(({ message }) => `AUDIT_KEY ${message}`));
  return new AuditKeys(key.data);
}
