import type { Locale, PlatformRole, Theme } from '@guildhall/contracts';
import { sql } from 'drizzle-orm';
import { index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytes, createdAt, instant, ownId, snowflake, updatedAt } from './columns.js';

/** People who have signed in to Guildhall. */
export const accounts = pgTable('accounts', {
  id: ownId(),
  discordId: snowflake('discord_id').unique(),
  username: text('username').notNull(),
  displayName: text('display_name').notNull(),
  avatar: text('avatar'),
  email: text('email'),
  role: text('role').$type<PlatformRole>().notNull().default('USER'),
  locale: text('locale').$type<Locale>().notNull().default('en'),
  theme: text('theme').$type<Theme>().notNull().default('system'),
  /** Set while an administrator keeps the account out. */
  disabledAt: instant('disabled_at'),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
});

/** Discord's tokens of an account, encrypted as `keyId:iv:authTag:ciphertext`. */
export const discordTokens = pgTable('discord_tokens', {
  accountId: uuid('account_id')
    .primaryKey()
    .references(() => accounts.id, { onDelete: 'cascade' }),
  accessToken: text('access_token').notNull(),
  refreshToken: text('refresh_token').notNull(),
  scopes: text('scopes').notNull(),
  expiresAt: instant('expires_at').notNull(),
});

/** One sign-in on one device: the family of all refresh tokens that followed from it. */
export const sessions = pgTable(
  'sessions',
  {
    id: ownId(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    userAgent: text('user_agent'),
    ipAddress: text('ip_address'),
    createdAt: createdAt(),
    lastUsedAt: instant('last_used_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
    revokedAt: instant('revoked_at'),
    /** `signed-out`, `reused-token`, … for the list of sessions. */
    revokedReason: text('revoked_reason'),
  },
  (table) => [index('sessions_account_idx').on(table.accountId)],
);

/** Refresh tokens by their SHA-256; a rotated one stays until it expires, so that its reuse is noticed. */
export const refreshTokens = pgTable(
  'refresh_tokens',
  {
    hash: bytes('hash').primaryKey(),
    sessionId: uuid('session_id')
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
    expiresAt: instant('expires_at').notNull(),
    rotatedAt: instant('rotated_at'),
    /** Hash of the token that took its place. */
    successor: bytes('successor'),
  },
  (table) => [index('refresh_tokens_session_idx').on(table.sessionId)],
);

/** What an account signs in with by e-mail; `accounts.email` is only what is shown. */
export const emailCredentials = pgTable(
  'email_credentials',
  {
    accountId: uuid('account_id')
      .primaryKey()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    /** As the person wrote it; unique without regard to case. */
    email: text('email').notNull(),
    /** Argon2id in PHC form; null until an invited person has chosen one. */
    passwordHash: text('password_hash'),
    verifiedAt: instant('verified_at'),
    passwordChangedAt: instant('password_changed_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [uniqueIndex('email_credentials_email_idx').on(sql`lower(${table.email})`)],
);

/** Links that were mailed, by the SHA-256 of their secret; each is good once. */
export const oneTimeLinks = pgTable(
  'one_time_links',
  {
    hash: bytes('hash').primaryKey(),
    purpose: text('purpose').$type<'verify-email' | 'reset-password'>().notNull(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    /** The address it was mailed to: it proves nothing about another one. */
    email: text('email').notNull(),
    createdAt: createdAt(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
  },
  (table) => [index('one_time_links_account_idx').on(table.accountId)],
);
