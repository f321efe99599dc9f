import { buffer } from 'node:stream/consumers';
import { type Snowflake, snowflakeSchema } from '@guildhall/contracts';
import { z } from 'zod';
import type { FileStore } from '../files/file-store.js';
import { DomainError } from '../problems/domain-error.js';
import type { AuditKeys } from './audit-keys.rules.js';
import type { AuditVerificationRepository } from './audit-verification.repository.js';
import { canonicalJson } from './canonical-json.rules.js';
import type { KnownHead } from './chain-check.rules.js';

const MAX_FILE_BYTES = 64 * 1024 * 1024;
const DAY_MS = 86_400_000;
/** How far back heads are looked for; the store cannot list its files. */
const DAYS_LOOKED_BACK = 400;

const headsSchema = z.object({
  takenAt: z.iso.datetime(),
  keyId: z.string(),
  heads: z.array(
    z.object({ guildId: snowflakeSchema.nullable(), seq: z.int().min(1), mac: z.string().regex(/^[0-9a-f]{64}$/) }),
  ),
  signature: z.string().regex(/^[0-9a-f]{64}$/),
});
type Heads = z.infer<typeof headsSchema>;

/** What the files say of the ends of the chains. */
export interface KnownHeads {
  /** By guild; the instance is null. */
  byChain: Map<Snowflake | null, KnownHead[]>;
  /** When the newest of them was taken; null when there is none. */
  newestAt: string | null;
  /** Keys of files that are not as they were written. */
  damagedFiles: string[];
}

/**
 * The ends of all chains, signed and written outside the database day by day: that a chain once went further shows although
 * its end was cut off.
 */
export class AuditHeads {
  constructor(
    private readonly files: FileStore,
    private readonly entries: AuditVerificationRepository,
    private readonly keys: AuditKeys,
  ) {}

  /**
   * Writes the heads of a day, in place of earlier ones of that day.
   * @throws DomainError `conflict` when the database no longer holds what the newest heads say: they are evidence, and stay
   */
  async write(now: Date): Promise<void> {
    await this.refuseContradiction(now);
    const heads = (await this.entries.findHeads()).map(({ mac, ...head }) => ({ ...head, mac: mac.toString('hex') }));
    const content = { takenAt: now.toISOString(), keyId: this.keys.currentId, heads };
    const signature = this.keys.currentMac('heads', canonicalJson(content)).toString('hex');
    await this.files.put(fileKey(now), Buffer.from(JSON.stringify({ ...content, signature })), {
      contentType: 'application/json',
      maxBytes: MAX_FILE_BYTES,
    });
  }

  /** All heads that were written lately. */
  async read(now: Date): Promise<KnownHeads> {
    const known: KnownHeads = { byChain: new Map(), newestAt: null, damagedFiles: [] };
    for (const key of lastFileKeys(now)) {
      const heads = await this.readFile(key);
      if (heads === 'damaged') known.damagedFiles.push(key);
      if (heads === null || heads === 'damaged') continue;
      known.newestAt ??= heads.takenAt;
      addHeads(known.byChain, heads);
    }
    return known;
  }

  private async refuseContradiction(now: Date): Promise<void> {
    for (const key of lastFileKeys(now)) {
      const newest = await this.readFile(key);
      if (newest === null) continue;
      if (newest === 'damaged') throw contradiction(`The file ${key} was changed.`);
      for (const { guildId, seq, mac } of newest.heads) {
        if ((await this.entries.findMac(guildId, seq))?.toString('hex') !== mac)
          throw contradiction(`Entry ${seq} of ${guildId ?? 'the instance'} is not what ${key} says.`);
      }
      return;
    }
  }

  private async readFile(key: string): Promise<Heads | 'damaged' | null> {
    const file = await this.files.get(key);
    if (!file) return null;
    const heads = headsSchema.safeParse(parsed((await buffer(file.stream)).toString('utf8')));
    return heads.success && this.isSigned(heads.data) ? heads.data : 'damaged';
  }

  private isSigned({ signature, ...content }: Heads): boolean {
    const expected = this.keys.mac(content.keyId, 'heads', canonicalJson(content));
    return expected?.equals(Buffer.from(signature, 'hex')) ?? false;
  }
}

function contradiction(what: string): DomainError {
  return new DomainError('conflict', {
    detail: `${what} The audit log was tampered with; "guildhall audit:verify" tells more.`,
    logLevel: 'error',
  });
}

function fileKey(day: Date): string {
  return `audit/heads/${day.toISOString().slice(0, 10)}.json`;
}

/** From tomorrow, since clocks differ, backwards. */
function lastFileKeys(now: Date): string[] {
  return Array.from({ length: DAYS_LOOKED_BACK }, (_, index) =>
    fileKey(new Date(now.getTime() + (1 - index) * DAY_MS)),
  );
}

function addHeads(byChain: KnownHeads['byChain'], { takenAt, heads }: Heads): void {
  for (const { guildId, seq, mac } of heads) {
    const known = byChain.get(guildId) ?? [];
    if (known.some((head) => head.seq === seq && head.mac.toString('hex') === mac)) continue;
    byChain.set(guildId, [...known, { seq, mac: Buffer.from(mac, 'hex'), takenAt }]);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: the schema refuses it like anything else that is no file of heads.
    return undefined;
  }
}
