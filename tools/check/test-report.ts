import { existsSync, readFileSync } from 'node:fs'
import type { JsonTestResults } from 'vitest/node'

/** Numbers of tests; a test file that could not be loaded counts as one failed test. */
export interface TestCount {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** Reads one JSON report of vitest, or null when that run wrote none. */
export function readTestReport(file: string): TestCount | null {
  if (!existsSync(file)) return null
  const report = JSON.parse(readFileSync(file, 'utf8')) as JsonTestResults
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/** Adds up several runs. */
export function sumCounts(counts: readonly TestCount[]): TestCount {
  return counts.reduce(
    (sum, { passed, failed, skipped }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  )
}

/** The closing line of a check, for people and for programs that read logs. */
export function formatCount({ passed, failed, skipped }: TestCount): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
