/**
 * Counts what Vitest's JSON report holds. A file that could not even be loaded has no tests, and a run may fail without a
 * failed test (an unhandled error, no test at all): both count as a failure, so that no breakage looks like success.
 */
export function countOf(report, exitCode) {
  const passed = report?.numPassedTests ?? 0;
  const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
  const brokenFiles = (report?.testResults ?? []).filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = (report?.numFailedTests ?? 0) + brokenFiles;
  const hasSilentFailure = failed === 0 && (exitCode !== 0 || passed === 0);
  return { passed, failed: hasSilentFailure ? 1 : failed, skipped };
}

export function sumOf(counts) {
  return counts.reduce(
    (sum, count) => ({
      passed: sum.passed + count.passed,
      failed: sum.failed + count.failed,
      skipped: sum.skipped + count.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/** The last line of a run, which people and machines look for. */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
