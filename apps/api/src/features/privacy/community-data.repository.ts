import type { Snowflake } from '@guildhall/contracts';
import { type Database, schema, type Transaction } from '@guildhall/database';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { and, eq, isNotNull, or, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { DATABASE } from '../../platform/database/database.module.js';
import { type Person, PersonalData } from '../../platform/privacy/personal-data.js';

const { automodExecutions, bans, channelOverwrites, discordAuditEntries, discordUsers, invites, members } = schema;
const { presences, scheduledEvents, setAsideEvents, voiceStates } = schema;

/** A table of the copy of Discord that knows people by their Discord id. */
interface CommunityTable {
  section: string;
  table: PgTable;
  isOf: (discordId: Snowflake) => SQL | undefined;
  erase: (transaction: Transaction, discordId: Snowflake) => Promise<unknown>;
}

const deletedFrom =
  (table: PgTable, isOf: (discordId: Snowflake) => SQL | undefined): CommunityTable['erase'] =>
  (transaction, discordId) =>
    transaction.delete(table).where(isOf(discordId));

const isOfPresence = (id: Snowflake) => eq(presences.userId, id);
const isOfVoice = (id: Snowflake) => eq(voiceStates.userId, id);
const isOfAutomod = (id: Snowflake) => eq(automodExecutions.userId, id);
const isOfSetAside = (id: Snowflake) => sql`position(${id}::text in ${setAsideEvents.body}::text) > 0`;
const isOfDiscordAudit = (id: Snowflake) =>
  or(
    eq(discordAuditEntries.userId, id),
    eq(discordAuditEntries.targetId, id),
    sql`position(${id}::text in concat(${discordAuditEntries.changes}::text, ${discordAuditEntries.options}::text)) > 0`,
  );

const TABLES: readonly CommunityTable[] = [
  {
    section: 'presences',
    table: presences,
    isOf: isOfPresence,
    erase: deletedFrom(presences, isOfPresence),
  },
  { section: 'voice', table: voiceStates, isOf: isOfVoice, erase: deletedFrom(voiceStates, isOfVoice) },
  {
    section: 'autoModeration',
    table: automodExecutions,
    isOf: isOfAutomod,
    erase: deletedFrom(automodExecutions, isOfAutomod),
  },
  {
    section: 'eventsSetAside',
    table: setAsideEvents,
    isOf: isOfSetAside,
    erase: deletedFrom(setAsideEvents, isOfSetAside),
  },
  {
    section: 'invites',
    table: invites,
    isOf: (id) => eq(invites.inviterId, id),
    erase: (transaction, id) => transaction.update(invites).set({ inviterId: null }).where(eq(invites.inviterId, id)),
  },
  {
    section: 'scheduledEvents',
    table: scheduledEvents,
    isOf: (id) => eq(scheduledEvents.creatorId, id),
    erase: (transaction, id) =>
      transaction.update(scheduledEvents).set({ creatorId: null }).where(eq(scheduledEvents.creatorId, id)),
  },
  {
    section: 'discordAudit',
    table: discordAuditEntries,
    isOf: isOfDiscordAudit,
    erase: (transaction, id) =>
      transaction
        .update(discordAuditEntries)
        .set({
          userId: sql`nullif(${discordAuditEntries.userId}, ${id})`,
          targetId: sql`nullif(${discordAuditEntries.targetId}, ${id})`,
          reason: null,
          changes: null,
          options: null,
        })
        .where(isOfDiscordAudit(id)),
  },
  {
    // A ban has to hold, or anybody could lift theirs by being erased: it keeps the id and its reason.
    section: 'bans',
    table: bans,
    isOf: (id) => eq(bans.userId, id),
    erase: () => Promise.resolve(),
  },
  {
    // As Discord has it: without them, the copy would show channels to those who may not see them.
    section: 'channelOverwrites',
    table: channelOverwrites,
    isOf: (id) => eq(channelOverwrites.subjectId, id),
    erase: () => Promise.resolve(),
  },
  {
    // Who is still in a guild stays a member of it, as Discord says, under no name.
    section: 'memberships',
    table: members,
    isOf: (id) => eq(members.userId, id),
    erase: async (transaction, id) => {
      await transaction.delete(members).where(and(eq(members.userId, id), isNotNull(members.leftAt)));
      await transaction.update(members).set({ nickname: null, avatar: null }).where(eq(members.userId, id));
    },
  },
  {
    section: 'discordProfile',
    table: discordUsers,
    isOf: (id) => eq(discordUsers.id, id),
    erase: eraseProfile,
  },
];

/** Deletes the profile where nothing needs it, and else takes its names away. */
async function eraseProfile(transaction: Transaction, id: Snowflake): Promise<void> {
  await transaction.execute(sql`
    delete from ${discordUsers} where id = ${id}
      and not exists (select from ${bans} where user_id = ${id})
      and not exists (select from ${members} where user_id = ${id})`);
  await transaction
    .update(discordUsers)
    .set({ username: 'deleted-user', globalName: 'Deleted user', avatar: null })
    .where(eq(discordUsers.id, id));
}

/** What the copy of Discord holds of a person beside their messages. */
@Injectable()
export class CommunityDataRepository implements OnModuleInit {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly personalData: PersonalData,
  ) {}

  onModuleInit(): void {
    for (const one of TABLES) {
      this.personalData.register(one.section, {
        export: (person) => this.rowsOf(one, person),
        erase: async (transaction, { discordId }) => {
          if (discordId !== null) await one.erase(transaction, discordId);
        },
      });
    }
  }

  private async *rowsOf({ table, isOf }: CommunityTable, { discordId }: Person): AsyncGenerator<unknown> {
    if (discordId !== null) yield* await this.database.select().from(table).where(isOf(discordId));
  }
}
