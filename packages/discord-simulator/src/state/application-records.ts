import { z } from 'zod';
import { snowflake } from './snowflake.js';

const jsonObject = z.record(z.string(), z.unknown());

/** What an application says of itself. @see https://docs.discord.com/developers/resources/application#application-object */
export const applicationProfileRecord = z.object({
  description: z.string().default(''),
  icon: z.string().nullable().default(null),
  coverImage: z.string().nullable().default(null),
  tags: z.array(z.string()).default([]),
  customInstallUrl: z.string().nullable().default(null),
  installParams: z
    .object({ scopes: z.array(z.string()), permissions: z.string() })
    .nullable()
    .default(null),
  roleConnectionsUrl: z.string().nullable().default(null),
});

/** @see https://docs.discord.com/developers/resources/application-role-connection-metadata */
const connectionMetadataRecord = z.object({
  type: z.number(),
  key: z.string(),
  name: z.string(),
  nameLocalizations: z.record(z.string(), z.string()).nullable(),
  description: z.string(),
  descriptionLocalizations: z.record(z.string(), z.string()).nullable(),
});

/** @see https://docs.discord.com/developers/resources/entitlement */
export const entitlementRecord = z.object({
  id: snowflake,
  applicationId: snowflake,
  skuId: snowflake,
  userId: snowflake,
  guildId: snowflake.nullable(),
  isConsumed: z.boolean(),
  isDeleted: z.boolean(),
});

export const applicationRecord = z.object({
  id: snowflake,
  name: z.string(),
  botToken: z.string(),
  clientSecret: z.string(),
  redirectUris: z.array(z.string()),
  privilegedIntents: z.object({ members: z.boolean(), presence: z.boolean(), messageContent: z.boolean() }),
  profile: applicationProfileRecord.optional(),
  connectionMetadata: z.array(connectionMetadataRecord).optional(),
});

export const commandRecord = z.object({
  id: snowflake,
  applicationId: snowflake,
  guildId: snowflake.nullable(),
  version: snowflake,
  type: z.number(),
  name: z.string(),
  definition: jsonObject,
});

export const grantRecord = z.object({
  applicationId: snowflake,
  userId: snowflake,
  scopes: z.array(z.string()),
  accessToken: z.string(),
  refreshToken: z.string(),
  expiresAtMs: z.number(),
});

export type ApplicationProfile = z.infer<typeof applicationProfileRecord>;
export type ConnectionMetadata = z.infer<typeof connectionMetadataRecord>;
export type EntitlementRecord = z.infer<typeof entitlementRecord>;
export type ApplicationRecord = z.infer<typeof applicationRecord>;
export type CommandRecord = z.infer<typeof commandRecord>;
export type GrantRecord = z.infer<typeof grantRecord>;
