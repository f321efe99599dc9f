import type { ReportedEvent } from './scheduled-events-ingest.repository.js';

/** One report for each scheduled event: the newest. The database merges by the same rule. */
export function newestReports(reports: readonly ReportedEvent[]): ReportedEvent[] {
  const newest = new Map<string, ReportedEvent>();
  for (const report of reports) {
    const known = newest.get(report.id);
    if (!known || Date.parse(report.reportedAt) >= Date.parse(known.reportedAt)) newest.set(report.id, report);
  }
  return [...newest.values()];
}
