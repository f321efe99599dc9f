import { z } from 'zod';
import { memberSchema } from '../members/index.js';
import { capabilitySchema } from '../platform/capabilities.js';
import { instantSchema, pageSchema } from '../platform/lists.js';
import { localeSchema } from '../platform/locales.js';
import { snowflakeSchema } from '../platform/snowflake.js';

/** A guild that I may see, with what I may do in it. */
export const guildSchema = z
  .object({
    id: snowflakeSchema,
    name: z.string(),
    icon: z.string().nullable(),
    ownerId: snowflakeSchema,
    memberCount: z.int(),
    locale: localeSchema,
    /** False after the bot was removed; the data is kept for the retention period. */
    isActive: z.boolean(),
    isOwner: z.boolean(),
    capabilities: z.array(capabilitySchema),
    modules: z.array(z.string()),
  })
  .meta({ id: 'Guild' });

export type Guild = z.infer<typeof guildSchema>;

export const guildPageSchema = pageSchema(guildSchema).meta({ id: 'GuildPage' });

export const deleteGuildDataSchema = z
  .strictObject({
    /** The name of the guild, so that nobody deletes another one by mistake. */
    confirm: z.string().min(1).max(100),
  })
  .meta({ examples: [{ confirm: 'Volta Électricité' }] });
export type DeleteGuildData = z.infer<typeof deleteGuildDataSchema>;

/** How far the member list of a guild is read. */
export const syncProgressSchema = z.object({
  isComplete: z.boolean(),
  syncedMembers: z.int(),
  /** As many as Discord counts. */
  expectedMembers: z.int(),
});
export type SyncProgress = z.infer<typeof syncProgressSchema>;

/** The figures of a guild's first page. */
export const guildOverviewSchema = z
  .object({
    memberCount: z.int(),
    channelCount: z.int(),
    roleCount: z.int(),
    messagesLast24Hours: z.int(),
    messagesLast7Days: z.int(),
    joinsLast7Days: z.int(),
    latestJoins: z.array(memberSchema),
    sync: syncProgressSchema.extend({ syncedAt: instantSchema.nullable() }),
    /** Whether a bot that serves this guild is connected right now. */
    isBotConnected: z.boolean(),
  })
  .meta({ id: 'GuildOverview' });

export type GuildOverview = z.infer<typeof guildOverviewSchema>;
