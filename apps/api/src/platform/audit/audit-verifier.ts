import type { Snowflake } from '@guildhall/contracts';
import type { Transaction } from '@guildhall/database';
import type { AuditHeads, KnownHeads } from './audit-heads.js';
import type { AuditKeys } from './audit-keys.rules.js';
import type { AuditVerificationRepository } from './audit-verification.repository.js';
import { ChainCheck, type ChainFinding } from './chain-check.rules.js';
import { ErasedParts } from './erased-parts.rules.js';

export interface AuditVerification {
  findings: ChainFinding[];
  /** How much was read. */
  chains: number;
  entries: number;
  /** When the newest head outside the database was taken; null without one, and then a cut-off end does not show. */
  newestHeadAt: string | null;
  damagedFiles: string[];
}

/** Recomputes the chains of the audit log from what is stored, and compares them with the heads outside the database. */
export class AuditVerifier {
  constructor(
    private readonly repository: AuditVerificationRepository,
    private readonly heads: AuditHeads,
    private readonly keys: AuditKeys,
  ) {}

  /** @param only a guild whose chain alone is looked at */
  async verify(now: Date, only?: Snowflake): Promise<AuditVerification> {
    // Before the moment at which the database is read: a head must never know more than the chain.
    const known = await this.heads.read(now);
    return this.repository.atOneMoment(async (moment) => {
      const erased = new ErasedParts();
      for (const details of await this.repository.findErasures(moment)) erased.add(details);
      const result = { findings: [] as ChainFinding[], chains: 0, entries: 0 };
      for (const guildId of await this.chains(moment, known, only)) {
        const heads = known.byChain.get(guildId) ?? [];
        const check = new ChainCheck({ guildId, keys: this.keys, heads, erased });
        result.chains += 1;
        for await (const entry of this.repository.readChain(moment, guildId)) {
          result.entries += 1;
          if (!check.add(entry)) break;
        }
        result.findings.push(...check.finish());
      }
      return { ...result, newestHeadAt: known.newestAt, damagedFiles: known.damagedFiles };
    });
  }

  /** Those in the database, and those that once were. */
  private async chains(moment: Transaction, known: KnownHeads, only?: Snowflake): Promise<(Snowflake | null)[]> {
    if (only !== undefined) return [only];
    return [...new Set([...(await this.repository.findChains(moment)), ...known.byChain.keys()])];
  }
}
