import { z } from 'zod';
import { type Snowflake, snowflakeSchema } from '@guildhall/contracts';
import { AUDIT_PARTS, type AuditPartName } from './audit-chain.rules.js';
import { rangesHold, rangesOf } from './seq-ranges.rules.js';

/** Where a part was erased. */
export interface PartPlace {
  guildId: Snowflake | null;
  seq: number;
  part: AuditPartName;
}

const erasedRunSchema = z.object({
  guildId: snowflakeSchema.nullable(),
  part: z.enum(AUDIT_PARTS),
  /** Numbers of entries, such as `1-5,9`. */
  seqs: z.string(),
});
type ErasedRun = z.infer<typeof erasedRunSchema>;

/** In the details of an `account.erased` entry: what was erased, and nothing of whom. */
const accountSchema = z.object({ after: z.object({ erased: z.array(erasedRunSchema) }) });

/** What an `account.erased` entry says of the parts that went. */
export function accountOf(places: readonly PartPlace[]): { erased: ErasedRun[] } {
  const runs = Map.groupBy(places, ({ guildId, part }) => `${guildId} ${part}`);
  return {
    erased: [...runs.values()].flatMap((run) => {
      const [first] = run;
      return first ? [{ guildId: first.guildId, part: first.part, seqs: rangesOf(run.map(({ seq }) => seq)) }] : [];
    }),
  };
}

/** Everything that was erased rightfully, by the entries that account for it. */
export class ErasedParts {
  private readonly runs = new Map<string, string[]>();

  /** Takes the details of an `account.erased` entry; what is none accounts for nothing. */
  add(details: unknown): void {
    const account = accountSchema.safeParse(details);
    for (const { guildId, part, seqs } of account.data?.after.erased ?? []) {
      const key = `${guildId} ${part}`;
      this.runs.set(key, [...(this.runs.get(key) ?? []), seqs]);
    }
  }

  has({ guildId, seq, part }: PartPlace): boolean {
    return this.runs.get(`${guildId} ${part}`)?.some((seqs) => rangesHold(seqs, seq)) ?? false;
  }
}
