import { type Snowflake, snowflakeAt } from '@guildhall/contracts';

/** A month of messages: ids from `from`, before `to`. */
export interface MonthlyPartition {
  name: string;
  from: Snowflake;
  to: Snowflake;
}

const MONTHS_BACK = 3;
const MONTHS_AHEAD = 2;

/** The partitions that should exist at `now`: three months back, since first contact imports history, to two ahead. */
export function partitionsAround(now: Date): MonthlyPartition[] {
  const offsets = Array.from({ length: MONTHS_BACK + 1 + MONTHS_AHEAD }, (_, index) => index - MONTHS_BACK);
  return offsets.map((offset) => partitionOfMonth(now.getUTCFullYear(), now.getUTCMonth() + offset));
}

/** `monthIndex` counts from 0 and may leave the year on either side. */
function partitionOfMonth(year: number, monthIndex: number): MonthlyPartition {
  const start = new Date(Date.UTC(year, monthIndex, 1));
  const end = new Date(Date.UTC(year, monthIndex + 1, 1));
  const month = String(start.getUTCMonth() + 1).padStart(2, '0');
  return { name: `messages_${start.getUTCFullYear()}_${month}`, from: snowflakeAt(start), to: snowflakeAt(end) };
}
