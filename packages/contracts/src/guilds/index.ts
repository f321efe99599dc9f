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
    sync: z.object({ isComplete: z.boolean(), syncedMembers: z.int(), syncedAt: instantSchema.nullable() }),
    /** Whether a bot that serves this guild is connected right now. */
    isBotConnected: z.boolean(),
  })
  .meta({ id: 'GuildOverview' });

export type GuildOverview = z.infer<typeof guildOverviewSchema>;
