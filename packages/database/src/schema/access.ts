import type { Capability, CapabilitySet } from '@guildhall/contracts';
import { sql } from 'drizzle-orm';
import { boolean, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { accounts } from './auth.js';
import { bytes, createdAt, instant, ownId, snowflake, updatedAt } from './columns.js';
import { guilds } from './guilds.js';

const guildId = () =>
  snowflake('guild_id')
    .notNull()
    .references(() => guilds.id, { onDelete: 'cascade' });

/** What the members of a Discord role may do in Guildhall, beyond what Discord's own permissions give. */
export const roleAccess = pgTable(
  'role_access',
  {
    guildId: guildId(),
    /** Not a foreign key: a role may be deleted and its row found again in the audit. */
    roleId: snowflake('role_id').notNull(),
    set: text('set').$type<CapabilitySet>(),
    /** Given in addition to the set. */
    granted: text('granted').array().$type<Capability[]>().notNull(),
    /** Taken out of the set; what another role gives stays. */
    removed: text('removed').array().$type<Capability[]>().notNull(),
    version: integer('version').notNull().default(1),
    updatedAt: updatedAt(),
  },
  (table) => [primaryKey({ columns: [table.guildId, table.roleId] })],
);

/** People who take part in a guild without Discord, or beside it, by invitation. */
export const guildPeople = pgTable(
  'guild_people',
  {
    guildId: guildId(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    capabilities: text('capabilities').array().$type<Capability[]>().notNull(),
    version: integer('version').notNull().default(1),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.guildId, table.accountId] }),
    index('guild_people_account_idx').on(table.accountId),
  ],
);

/** Invitations into a guild by e-mail; the secret of the link is kept as its SHA-256. */
export const invitations = pgTable(
  'invitations',
  {
    id: ownId(),
    guildId: guildId(),
    email: text('email').notNull(),
    capabilities: text('capabilities').array().$type<Capability[]>().notNull(),
    hash: bytes('hash').notNull().unique(),
    invitedBy: uuid('invited_by').references(() => accounts.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
    expiresAt: instant('expires_at').notNull(),
    acceptedAt: instant('accepted_at'),
    revokedAt: instant('revoked_at'),
  },
  (table) => [
    uniqueIndex('invitations_open_idx')
      .on(table.guildId, sql`lower(${table.email})`)
      .where(sql`${table.acceptedAt} is null and ${table.revokedAt} is null`),
  ],
);

/** Credentials of automations; scoped to a guild, and never stronger than who created them still is. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: ownId(),
    guildId: guildId(),
    name: text('name').notNull(),
    /** The first characters of the key, by which people recognise it. */
    prefix: text('prefix').notNull(),
    /** SHA-256 of the whole key. */
    hash: bytes('hash').notNull().unique(),
    capabilities: text('capabilities').array().$type<Capability[]>().notNull(),
    /** Null for the bootstrap key of the environment, which nobody's rights bound. */
    createdBy: uuid('created_by').references(() => accounts.id, { onDelete: 'cascade' }),
    isBootstrap: boolean('is_bootstrap').notNull().default(false),
    createdAt: createdAt(),
    expiresAt: instant('expires_at'),
    lastUsedAt: instant('last_used_at'),
    revokedAt: instant('revoked_at'),
    /** The key that takes its place; both work until `expiresAt`. */
    successorId: uuid('successor_id'),
    version: integer('version').notNull().default(1),
  },
  (table) => [index('api_keys_guild_idx').on(table.guildId)],
);
