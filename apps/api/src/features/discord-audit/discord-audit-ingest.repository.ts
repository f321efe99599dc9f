import type { DiscordAuditEntry, Snowflake } from '@guildhall/contracts';
import { schema, type Transaction } from '@guildhall/database';
import { Injectable } from '@nestjs/common';

const { discordAuditEntries } = schema;

/** An entry of Discord's audit log of a guild. */
export interface GuildAuditEntry extends DiscordAuditEntry {
  guildId: Snowflake;
}

@Injectable()
export class DiscordAuditIngestRepository {
  /** Keeps entries; Discord never changes one. */
  async keep(transaction: Transaction, entries: readonly GuildAuditEntry[]): Promise<void> {
    if (entries.length === 0) return;
    await transaction
      .insert(discordAuditEntries)
      .values([...entries])
      .onConflictDoNothing();
  }
}
