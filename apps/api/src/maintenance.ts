/** The API's own adapters, for the maintenance commands. */
export { commonPasswords } from './features/auth/email/common-passwords.js';
export { insertEmailAccount } from './features/auth/email/email-account-rows.repository.js';
export { generatePassword, hashPassword } from './features/auth/email/password-hash.js';
export { weaknessOf } from './features/auth/email/password-strength.rules.js';
export { AuditHeads } from './platform/audit/audit-heads.js';
export { AuditKeys } from './platform/audit/audit-keys.rules.js';
export { AuditLog } from './platform/audit/audit-log.js';
export { AuditLogRepository } from './platform/audit/audit-log.repository.js';
export { AuditVerificationRepository } from './platform/audit/audit-verification.repository.js';
export { type AuditVerification, AuditVerifier } from './platform/audit/audit-verifier.js';
export type { ChainFinding } from './platform/audit/chain-check.rules.js';
export { Clock } from './platform/clock.js';
export { DiskFileStore } from './platform/files/disk-file-store.js';
export type { FileStore } from './platform/files/file-store.js';
export { readS3Url } from './platform/files/s3-location.rules.js';
export { S3FileStore } from './platform/files/s3-file-store.js';
export { RedisKeyValueStore } from './platform/key-value/redis-key-value-store.js';
export { SmtpMailer } from './platform/mail/smtp-mailer.js';
