import { z } from 'zod';
import { instantSchema, pageQuerySchema, pageSchema } from '../platform/lists.js';
import { snowflakeSchema } from '../platform/snowflake.js';

/** By which way a change was made. */
export const auditOriginSchema = z
  .enum(['dashboard', 'bot', 'api-key', 'command-line', 'job'])
  .meta({ id: 'AuditOrigin' });
export type AuditOrigin = z.infer<typeof auditOriginSchema>;

/** Every change that is written down, as `noun.pastTense`, with what it is about. */
export const auditActions = {
  'account.created': 'account',
  'account.registered': 'account',
  'account.emailVerified': 'account',
  'account.passwordChanged': 'account',
  'account.passwordReset': 'account',
  'account.discordLinked': 'account',
  'account.discordUnlinked': 'account',
  'account.locked': 'account',
  'account.roleChanged': 'account',
  'account.updated': 'account',
  'account.exported': 'account',
  'account.erased': 'account',
  'session.started': 'session',
  'session.ended': 'session',
  'guild.settingsUpdated': 'guild',
  'guild.dataDeleted': 'guild',
  'access.roleUpdated': 'role',
  'access.invited': 'invitation',
  'access.invitationRevoked': 'invitation',
  'access.invitationAccepted': 'invitation',
  'access.personUpdated': 'account',
  'access.personRemoved': 'account',
  'apiKey.created': 'apiKey',
  'apiKey.rotated': 'apiKey',
  'apiKey.revoked': 'apiKey',
  'failure.retried': 'failure',
  'failure.dismissed': 'failure',
  'member.updated': 'member',
  'member.timedOut': 'member',
  'member.timeoutRemoved': 'member',
  'member.kicked': 'member',
  'member.roleAdded': 'member',
  'member.roleRemoved': 'member',
  'member.banned': 'member',
  'member.unbanned': 'member',
  'message.sent': 'message',
  'message.deleted': 'message',
} as const satisfies Record<string, string>;

export type AuditAction = keyof typeof auditActions;

export const auditActionSchema = z.enum(Object.keys(auditActions) as [AuditAction, ...AuditAction[]]);

/** Who did it; null where the person was erased, or where Guildhall itself did. */
export const auditActorSchema = z.object({
  accountId: z.uuid().nullable(),
  discordId: snowflakeSchema.nullable(),
  apiKeyId: z.uuid().nullable(),
  name: z.string(),
  ipAddress: z.string().nullable(),
});
export type AuditActor = z.infer<typeof auditActorSchema>;

export const auditEntrySchema = z
  .object({
    id: z.uuid(),
    seq: z.int(),
    at: instantSchema,
    action: auditActionSchema,
    origin: auditOriginSchema,
    actor: auditActorSchema.nullable(),
    target: z.object({ type: z.string(), id: z.string().nullable(), name: z.string().nullable() }),
    /** The fields that changed; null where there was nothing before or after. */
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
    reason: z.string().nullable(),
    /** True where a part of the entry was erased with the person it was about. */
    isErased: z.boolean(),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof auditEntrySchema>;

export const auditPageSchema = pageSchema(auditEntrySchema).meta({ id: 'AuditPage' });

/** Ids have no fixed form, and no control characters. */
const idFilterSchema = z
  .string()
  .max(64)
  .regex(/^\P{Cc}*$/u, 'must not contain control characters');

const filters = {
  action: auditActionSchema.optional(),
  origin: auditOriginSchema.optional(),
  /** An account, a Discord user or an API key. */
  actorId: idFilterSchema.optional(),
  /** Whatever was changed, or the person it is about. */
  targetId: idFilterSchema.optional(),
  from: instantSchema.optional(),
  to: instantSchema.optional(),
};

export const auditQuerySchema = pageQuerySchema.extend(filters);
export type AuditQuery = z.infer<typeof auditQuerySchema>;

export const auditExportQuerySchema = z.strictObject({ format: z.enum(['csv', 'json']), ...filters });
export type AuditExportQuery = z.infer<typeof auditExportQuerySchema>;
