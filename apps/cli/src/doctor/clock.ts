import { type Finding, ok, problem, warning } from './finding.js';

/** Beyond this, rate limits and log lines begin to lie; beyond the other, sign-in fails. */
const NOTICEABLE_MS = 2_000;
const HARMFUL_MS = 30_000;

/**
 * Compares this machine's clock with another one's.
 * @param otherAt what the other clock showed between the two instants of ours, give or take `precisionMs`
 */
export function compareClocks(other: string, { askedAtMs, answeredAtMs, otherAt, precisionMs }: ClockReading): Finding {
  const differenceMs = otherAt.getTime() - (askedAtMs + answeredAtMs) / 2;
  const uncertaintyMs = (answeredAtMs - askedAtMs) / 2 + precisionMs;
  const certainMs = Math.max(0, Math.abs(differenceMs) - uncertaintyMs);
  const subject = `Clock beside ${other}`;
  if (certainMs < NOTICEABLE_MS) return ok(subject, 'they agree');
  const text = `this machine is ${Math.round(Math.abs(differenceMs) / 1000)} s ${differenceMs > 0 ? 'behind' : 'ahead'}`;
  const advice = 'Synchronise the clocks with NTP, e.g. `timedatectl set-ntp true`.';
  return certainMs < HARMFUL_MS ? warning(subject, text, advice) : problem(subject, text, advice);
}

export interface ClockReading {
  askedAtMs: number;
  answeredAtMs: number;
  otherAt: Date;
  precisionMs: number;
}
