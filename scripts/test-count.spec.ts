import { describe, expect, it } from 'vitest';
import { countOf, summaryLine, sumOf } from './test-count.mjs';

const report = {
  numPassedTests: 5,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 0,
  testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }] }],
};

describe('countOf', () => {
  it('takes the counts of a report', () => {
    expect(countOf(report, 0)).toEqual({ passed: 5, failed: 0, skipped: 1 });
  });

  it('counts a file that could not be loaded as a failure', () => {
    const broken = { ...report, testResults: [{ status: 'failed', assertionResults: [] }] };
    expect(countOf(broken, 1).failed).toBe(1);
  });

  it.each([
    ['no report at all', undefined, 1],
    ['a report without a test', { ...report, numPassedTests: 0 }, 0],
    ['an exit code that says otherwise', report, 1],
  ])('counts %s as a failure', (_, given, exitCode) => {
    expect(countOf(given, exitCode).failed).toBe(1);
  });
});

describe('summaryLine', () => {
  it('sums the parts and mentions skipped tests only when there are some', () => {
    const total = sumOf([
      { passed: 1, failed: 0, skipped: 0 },
      { passed: 2, failed: 1, skipped: 0 },
    ]);
    expect(summaryLine(total)).toBe('3 passed, 1 failed');
    expect(summaryLine({ ...total, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
  });
});
