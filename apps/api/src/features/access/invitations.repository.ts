import type { Capability, InvitationQuery, InvitationState, Snowflake } from '@guildhall/contracts';
import { type Database, schema, type Transaction } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import { and, count, desc, eq, gt, isNotNull, isNull, lte, type SQL, sql } from 'drizzle-orm';
import { DATABASE } from '../../platform/database/database.module.js';
import { offsetOf, type PageContent } from '../../platform/lists/page.rules.js';
import type { InvitationFate } from './invitations.rules.js';

const { accounts, guilds, invitations } = schema;

/** An invitation with the name of who sent it. */
export interface InvitationRow extends InvitationFate {
  id: string;
  email: string;
  capabilities: Capability[];
  invitedBy: { accountId: string; displayName: string } | null;
  createdAt: Date;
}

export type NewInvitation = Pick<
  typeof invitations.$inferInsert,
  'id' | 'guildId' | 'email' | 'capabilities' | 'hash' | 'invitedBy' | 'createdAt' | 'expiresAt'
>;

/** An invitation that can be accepted, with the guild that it leads to. */
export interface OpenInvitation {
  invitation: InvitationRow;
  sender: { accountId: string; discordId: Snowflake | null } | null;
  guild: { id: Snowflake; name: string; icon: string | null };
}

const columns = {
  id: invitations.id,
  email: invitations.email,
  capabilities: invitations.capabilities,
  invitedBy: { accountId: accounts.id, displayName: accounts.displayName },
  createdAt: invitations.createdAt,
  expiresAt: invitations.expiresAt,
  acceptedAt: invitations.acceptedAt,
  revokedAt: invitations.revokedAt,
};

/** Neither accepted nor revoked; it may have expired. */
const isPending = and(isNull(invitations.acceptedAt), isNull(invitations.revokedAt));

@Injectable()
export class InvitationsRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** A page of a guild's invitations, the newest first. */
  async findPage(guildId: Snowflake, query: InvitationQuery, now: Date): Promise<PageContent<InvitationRow>> {
    const condition = and(eq(invitations.guildId, guildId), query.state && inState(query.state, now));
    const [items, [total]] = await Promise.all([
      this.database
        .select(columns)
        .from(invitations)
        .leftJoin(accounts, eq(accounts.id, invitations.invitedBy))
        .where(condition)
        .orderBy(desc(invitations.id))
        .limit(query.limit)
        .offset(offsetOf(query)),
      this.database.select({ count: count() }).from(invitations).where(condition),
    ]);
    return { items, total: total?.count ?? 0 };
  }

  /** Alone until the transaction ends. */
  async lock(transaction: Transaction, guildId: Snowflake, id: string): Promise<InvitationRow | null> {
    const [row] = await transaction
      .select(columns)
      .from(invitations)
      .leftJoin(accounts, eq(accounts.id, invitations.invitedBy))
      .where(and(eq(invitations.guildId, guildId), eq(invitations.id, id)))
      .for('update', { of: invitations });
    return row ?? null;
  }

  /** Waits for others who invite into the guild; tells its name, null where it does not exist. */
  async lockGuild(transaction: Transaction, guildId: Snowflake): Promise<{ name: string } | null> {
    const [row] = await transaction
      .select({ name: guilds.name })
      .from(guilds)
      .where(eq(guilds.id, guildId))
      .for('no key update');
    return row ?? null;
  }

  /** The invitation of an address that nobody has answered, expired or not. */
  async findPending(transaction: Transaction, guildId: Snowflake, email: string): Promise<InvitationRow | null> {
    const [row] = await transaction
      .select(columns)
      .from(invitations)
      .leftJoin(accounts, eq(accounts.id, invitations.invitedBy))
      .where(and(eq(invitations.guildId, guildId), sql`lower(${invitations.email}) = lower(${email})`, isPending))
      .for('update', { of: invitations });
    return row ?? null;
  }

  /** Adds an invitation, and tells it with the name of who sends it. */
  async add(transaction: Transaction, invitation: NewInvitation): Promise<InvitationRow> {
    await transaction.insert(invitations).values(invitation);
    const row = await this.lock(transaction, invitation.guildId, invitation.id);
    if (!row) throw new Error(`the invitation ${invitation.id} was not written`);
    return row;
  }

  async revoke(transaction: Transaction, id: string, revokedAt: Date): Promise<void> {
    await transaction.update(invitations).set({ revokedAt }).where(eq(invitations.id, id));
  }

  /** Marks the invitation with this hash as accepted, once. @returns null when there is none that can be accepted now */
  async consume(transaction: Transaction, hash: Buffer, now: Date): Promise<OpenInvitation | null> {
    const consumed = await transaction
      .update(invitations)
      .set({ acceptedAt: now })
      .where(and(eq(invitations.hash, hash), isPending, gt(invitations.expiresAt, now)))
      .returning({ id: invitations.id });
    return consumed.length === 0 ? null : this.findIn(transaction, eq(invitations.hash, hash));
  }

  /** The invitation with this hash while it can be accepted. */
  async findOpen(hash: Buffer, now: Date): Promise<OpenInvitation | null> {
    return this.findIn(this.database, and(eq(invitations.hash, hash), isPending, gt(invitations.expiresAt, now)));
  }

  private async findIn(database: Database | Transaction, condition: SQL | undefined): Promise<OpenInvitation | null> {
    const [row] = await database
      .select({
        ...columns,
        senderDiscordId: accounts.discordId,
        guild: { id: guilds.id, name: guilds.name, icon: guilds.icon },
      })
      .from(invitations)
      .innerJoin(guilds, and(eq(guilds.id, invitations.guildId), eq(guilds.isActive, true)))
      .leftJoin(accounts, eq(accounts.id, invitations.invitedBy))
      .where(condition);
    if (!row) return null;
    const { senderDiscordId: discordId, guild, ...invitation } = row;
    return {
      invitation,
      sender: invitation.invitedBy && { accountId: invitation.invitedBy.accountId, discordId },
      guild,
    };
  }
}

function inState(state: InvitationState, now: Date): SQL | undefined {
  switch (state) {
    case 'accepted':
      return isNotNull(invitations.acceptedAt);
    case 'revoked':
      return isNotNull(invitations.revokedAt);
    case 'open':
      return and(isPending, gt(invitations.expiresAt, now));
    case 'expired':
      return and(isPending, lte(invitations.expiresAt, now));
  }
}
