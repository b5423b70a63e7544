import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { formatCount, readTestReport, sumCounts } from './test-report.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'siar-report-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

function writeReport(files: readonly { status: string; assertionResults: readonly unknown[] }[]): string {
  const file = path.join(folder, 'report.json')
  const counts = { numPassedTests: 3, numFailedTests: 1, numPendingTests: 1, numTodoTests: 1 }
  writeFileSync(file, JSON.stringify({ ...counts, testResults: files }))
  return file
}

test('counts a test file that could not be loaded as a failed test', () => {
  const file = writeReport([
    { status: 'passed', assertionResults: [{}] },
    { status: 'failed', assertionResults: [{}] },
    { status: 'failed', assertionResults: [] },
  ])
  expect(readTestReport(file)).toEqual({ passed: 3, failed: 2, skipped: 2 })
})

test('tells a run that wrote no report from one without failures', () => {
  expect(readTestReport(path.join(folder, 'missing.json'))).toBeNull()
})

test('closes with one line over all runs, naming skipped tests only when there are some', () => {
  const run = { passed: 2, failed: 0, skipped: 0 }
  expect(formatCount(sumCounts([run, run]))).toBe('4 passed, 0 failed')
  expect(formatCount({ ...run, failed: 1, skipped: 3 })).toBe('2 passed, 1 failed, 3 skipped')
})
