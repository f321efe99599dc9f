import { z } from 'zod';
import { capabilityListSchema, capabilitySchema, capabilitySetSchema } from '../platform/capabilities.js';
import { emailSchema } from '../platform/email.js';
import { instantSchema, pageQuerySchema, pageSchema } from '../platform/lists.js';
import { snowflakeSchema } from '../platform/snowflake.js';

/** What the members of a Discord role may do in Guildhall. */
export const roleAccessSchema = z
  .object({
    roleId: snowflakeSchema,
    name: z.string(),
    /** 24-bit RGB; 0 means no colour. */
    color: z.int(),
    position: z.int(),
    /** Whether Discord's ADMINISTRATOR gives everything to its members, whatever stands here. */
    isAdministrator: z.boolean(),
    set: capabilitySetSchema.nullable(),
    /** In addition to the set. */
    granted: z.array(capabilitySchema),
    /** Not through this role; what another role gives stays. */
    removed: z.array(capabilitySchema),
    /** What comes of it all. */
    effective: z.array(capabilitySchema),
    /** Whether the role stands below who asks, who may therefore change it. */
    isEditable: z.boolean(),
    /** 0 while nobody has changed it. */
    version: z.int(),
  })
  .meta({ id: 'RoleAccess' });
export type RoleAccess = z.infer<typeof roleAccessSchema>;

/** All roles of a guild, the highest first. */
export const roleAccessListSchema = z.object({ items: z.array(roleAccessSchema) }).meta({ id: 'RoleAccessList' });

export const updateRoleAccessSchema = z
  .strictObject({
    set: capabilitySetSchema.nullable(),
    granted: capabilityListSchema,
    removed: capabilityListSchema,
  })
  .refine(({ granted, removed }) => !granted.some((capability) => removed.includes(capability)), {
    path: ['removed'],
    message: 'names a capability that is granted at the same time',
  })
  .meta({ examples: [{ set: 'moderator', granted: ['audit.read'], removed: ['members.kick'] }] });
export type UpdateRoleAccess = z.infer<typeof updateRoleAccessSchema>;

/** Somebody who takes part in a guild by invitation, without Discord or beside it. */
export const guildPersonSchema = z
  .object({
    accountId: z.uuid(),
    displayName: z.string(),
    username: z.string(),
    email: z.string().nullable(),
    discordId: snowflakeSchema.nullable(),
    capabilities: z.array(capabilitySchema),
    joinedAt: instantSchema,
    version: z.int(),
  })
  .meta({ id: 'GuildPerson' });
export type GuildPerson = z.infer<typeof guildPersonSchema>;

export const guildPersonPageSchema = pageSchema(guildPersonSchema).meta({ id: 'GuildPersonPage' });

const atLeastOne = capabilityListSchema.refine((list) => list.length > 0, 'names no capability');

export const updateGuildPersonSchema = z
  .strictObject({ capabilities: atLeastOne })
  .meta({ examples: [{ capabilities: ['guild.view', 'members.read'] }] });
export type UpdateGuildPerson = z.infer<typeof updateGuildPersonSchema>;

export const invitationStateSchema = z.enum(['open', 'accepted', 'revoked', 'expired']).meta({ id: 'InvitationState' });
export type InvitationState = z.infer<typeof invitationStateSchema>;

/** An invitation into a guild by e-mail. Its link is in the mail and nowhere else. */
export const invitationSchema = z
  .object({
    id: z.uuid(),
    email: z.string(),
    capabilities: z.array(capabilitySchema),
    state: invitationStateSchema,
    /** Null where the account is gone. */
    invitedBy: z.object({ accountId: z.uuid(), displayName: z.string() }).nullable(),
    createdAt: instantSchema,
    expiresAt: instantSchema,
  })
  .meta({ id: 'Invitation' });
export type Invitation = z.infer<typeof invitationSchema>;

export const invitationPageSchema = pageSchema(invitationSchema).meta({ id: 'InvitationPage' });

export const invitationQuerySchema = pageQuerySchema.extend({ state: invitationStateSchema.optional() });
export type InvitationQuery = z.infer<typeof invitationQuerySchema>;

export const createInvitationSchema = z
  .strictObject({ email: emailSchema, capabilities: atLeastOne })
  .meta({ examples: [{ email: 'camille@example.org', capabilities: ['guild.view', 'members.read'] }] });
export type CreateInvitation = z.infer<typeof createInvitationSchema>;

/** The secret of an invitation's link. */
export const invitationTokenSchema = z
  .string()
  .regex(/^[\w-]{43}$/, 'must be the token of an invitation')
  .meta({ examples: ['q3v0yV0pX9mC1t3n5uT7wLr2Zk8JhGfDsAaSdFgHjKl'] });

export const acceptInvitationSchema = z.strictObject({ token: invitationTokenSchema });
export type AcceptInvitation = z.infer<typeof acceptInvitationSchema>;

/** Where an accepted invitation leads. */
export const acceptedInvitationSchema = z
  .object({ guildId: snowflakeSchema, capabilities: z.array(capabilitySchema) })
  .meta({ id: 'AcceptedInvitation' });
export type AcceptedInvitation = z.infer<typeof acceptedInvitationSchema>;

/** What somebody is shown who opens the link of an invitation. */
export const invitationPreviewSchema = z
  .object({
    guildId: snowflakeSchema,
    guildName: z.string(),
    guildIcon: z.string().nullable(),
    /** To whom it was mailed. */
    email: z.string(),
    inviterName: z.string(),
    capabilities: z.array(capabilitySchema),
    expiresAt: instantSchema,
  })
  .meta({ id: 'InvitationPreview' });
export type InvitationPreview = z.infer<typeof invitationPreviewSchema>;

/** Who may do what has changed: of a role, or of a person with an account. Fetch what you show. */
export const accessChangeSchema = z.object({ id: z.string(), of: z.enum(['role', 'person']) });
