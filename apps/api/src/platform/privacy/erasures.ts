import type { Snowflake } from '@guildhall/contracts';
import type { Transaction } from '@guildhall/database';
import { Injectable } from '@nestjs/common';
import { AuditKeys } from '../audit/audit-keys.rules.js';
import { ErasuresRepository } from './erasures.repository.js';

/** People who were erased, known by nothing but a keyed hash of their Discord id. */
@Injectable()
export class Erasures {
  private known: { stamp: string; erasedAtMs: ReadonlyMap<string, number> } = { stamp: '', erasedAtMs: new Map() };

  constructor(
    private readonly repository: ErasuresRepository,
    private readonly keys: AuditKeys,
  ) {}

  async note(transaction: Transaction, discordId: Snowflake, erasedAt: Date): Promise<void> {
    const discordIdHash = this.keys.currentMac('erasures', discordId);
    await this.repository.put(transaction, { discordIdHash, erasedAt });
  }

  /**
   * A test of whether something of a person is from before their erasure, and must not be stored again. The list is read again
   * only when it has changed.
   */
  async test(transaction: Transaction): Promise<(discordId: Snowflake, createdAt: Date) => boolean> {
    const stamp = await this.repository.stamp(transaction);
    if (stamp !== this.known.stamp) {
      const rows = await this.repository.findAll(transaction);
      const erasedAtMs = new Map(rows.map((row) => [row.discordIdHash.toString('hex'), row.erasedAt.getTime()]));
      this.known = { stamp, erasedAtMs };
    }
    const { erasedAtMs } = this.known;
    // Almost always nobody, and then nothing is hashed.
    if (erasedAtMs.size === 0) return () => false;
    return (discordId, createdAt) =>
      this.keys.ids.some((keyId) => {
        const hash = this.keys.mac(keyId, 'erasures', discordId)?.toString('hex') ?? '';
        return createdAt.getTime() <= (erasedAtMs.get(hash) ?? Number.NEGATIVE_INFINITY);
      });
  }
}
