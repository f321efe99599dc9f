import type { Snowflake } from '@guildhall/contracts';
import {
  AUDIT_PARTS,
  type AuditPart,
  type AuditPartName,
  type ChainEntry,
  entryMac,
  partHash,
} from './audit-chain.rules.js';
import type { AuditKeys } from './audit-keys.rules.js';
import type { ErasedParts } from './erased-parts.rules.js';

/** An entry as it is stored. */
export interface StoredEntry extends ChainEntry {
  mac: Buffer;
  parts: Partial<Record<AuditPartName, AuditPart & { salt: Buffer }>>;
}

/** Where a chain once ended, as written down outside the database. */
export interface KnownHead {
  seq: number;
  mac: Buffer;
  takenAt: string;
}

export type FindingKind =
  | 'changed'
  | 'missing'
  | 'cut-off'
  | 'part-changed'
  | 'part-missing'
  | 'part-added'
  | 'unknown-key'
  | 'other-head'
  | 'given-up';

/** Something that is not as it was written. */
export interface ChainFinding {
  kind: FindingKind;
  guildId: Snowflake | null;
  /** The first entry concerned; for `missing` and `cut-off` up to `lastSeq`. */
  seq: number;
  lastSeq?: number;
  part?: AuditPartName;
}

/** A chain with more to say is not worth reading on. */
const MAX_FINDINGS = 1_000;

interface Damaged {
  entry: StoredEntry;
  /** What might have been its MAC: the stored one, and the one that its content gives. */
  macs: Buffer[];
  /** False when what stands before it is damaged or gone, so that it may well be sound itself. */
  followsSound: boolean;
}

interface ChainCheckOptions {
  guildId: Snowflake | null;
  keys: AuditKeys;
  heads: readonly KnownHead[];
  erased: ErasedParts;
}

/** Reads one chain from its beginning to its end and finds what was changed, removed, exchanged or cut off. */
export class ChainCheck {
  private readonly found: ChainFinding[] = [];
  private readonly damaged: Damaged[] = [];
  private readonly headsBySeq: Map<number, KnownHead>;
  private lastSeq = 0;
  /** MACs that the entry before may have; null after a gap, where nothing is known. */
  private previous: Buffer[] | null = [Buffer.alloc(0)];
  private isPreviousSound = true;

  constructor(private readonly options: ChainCheckOptions) {
    this.headsBySeq = new Map(options.heads.map((head) => [head.seq, head]));
  }

  /** Takes the next entry by number. @returns false when enough was found */
  add(entry: StoredEntry): boolean {
    if (entry.seq > this.lastSeq + 1) {
      this.report('missing', this.lastSeq + 1, { lastSeq: entry.seq - 1 });
      this.previous = null;
    }
    this.checkMac(entry);
    this.checkParts(entry);
    const head = this.headsBySeq.get(entry.seq);
    if (head && this.isPreviousSound && !head.mac.equals(entry.mac)) this.report('other-head', entry.seq);
    this.lastSeq = entry.seq;
    if (this.found.length + this.damaged.length < MAX_FINDINGS) return true;
    this.report('given-up', entry.seq);
    return false;
  }

  /** Everything found, by number of the entry. */
  finish(): ChainFinding[] {
    const last = Math.max(0, ...this.headsBySeq.keys());
    const isGivenUp = this.found.some(({ kind }) => kind === 'given-up');
    if (last > this.lastSeq && !isGivenUp) this.report('cut-off', this.lastSeq + 1, { lastSeq: last });
    for (const { entry } of this.damaged.filter((one) => !this.isSoundAfterAll(one))) this.report('changed', entry.seq);
    return this.found.toSorted((a, b) => a.seq - b.seq);
  }

  private checkMac(entry: StoredEntry): void {
    const isUnknownKey = entryMac(this.options.keys, Buffer.alloc(0), entry) === null;
    if (isUnknownKey) this.report('unknown-key', entry.seq);
    const computed = (this.previous ?? []).flatMap((previous) => entryMac(this.options.keys, previous, entry) ?? []);
    // After a gap nobody can tell whether the next entry is sound; the gap itself is reported.
    const isSound = this.previous === null || isUnknownKey || computed.some((mac) => mac.equals(entry.mac));
    const macs = isSound ? [entry.mac] : [entry.mac, ...computed];
    if (!isSound) this.damaged.push({ entry: { ...entry, parts: {} }, macs, followsSound: this.isPreviousSound });
    this.previous = macs;
    this.isPreviousSound = isSound;
  }

  /** Of two exchanged entries each one's follower is sound: it fits the other one. */
  private isSoundAfterAll({ entry, followsSound }: Damaged): boolean {
    if (followsSound) return false;
    const candidates = this.damaged.flatMap(({ macs }) => macs);
    return candidates.some((mac) => entryMac(this.options.keys, mac, entry)?.equals(entry.mac) ?? false);
  }

  private checkParts({ seq, partHashes, parts }: StoredEntry): void {
    const { guildId, erased } = this.options;
    for (const part of AUDIT_PARTS) {
      const [hash, stored] = [partHashes[part], parts[part]];
      if (hash === undefined && stored) this.report('part-added', seq, { part });
      if (hash === undefined) continue;
      if (stored && partHash(stored.salt, stored) !== hash) this.report('part-changed', seq, { part });
      if (!stored && !erased.has({ guildId, seq, part })) this.report('part-missing', seq, { part });
    }
  }

  private report(kind: FindingKind, seq: number, more: Pick<ChainFinding, 'lastSeq' | 'part'> = {}): void {
    this.found.push({ kind, guildId: this.options.guildId, seq, ...more });
  }
}
