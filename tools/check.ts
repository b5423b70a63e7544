/**
 * The whole check of the repository (`npm run check`, `npm test`): what continuous integration runs, and nothing else.
 *
 * Two lanes run side by side, so that two cores are busy to the end: first what reads the sources beside the tests, then the
 * journeys in a browser beside those of processes that are started and killed. After a failure no further step starts.
 * `npm run check -- inspect drift` runs only the named steps.
 * Exit code 0 when everything passed, 1 otherwise, 2 for an unknown step. The last line counts the tests.
 */
import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { runStep } from './check/step.ts'
import type { Step, StepResult } from './check/step.ts'
import { formatCount, readTestReport, sumCounts } from './check/test-report.ts'
import { REPOSITORY } from './repository.ts'

const REPORTS = path.join(REPOSITORY, 'node_modules/.cache/siar-check')

const reportFile = (script: string) => path.join(REPORTS, `${script.replace(':', '-')}.json`)

const testStep = (title: string, script: string): Step => ({
  title,
  script,
  args: ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile(script)}`],
})

const UNIT = testStep('tests', 'test:unit')
const BROWSER = testStep('browser journeys', 'test:e2e')
const PROCESSES = testStep('process journeys', 'test:processes')

const STATIC_LANE: readonly Step[] = [
  { title: 'format', script: 'format:check' },
  { title: 'architecture', script: 'arch' },
  { title: 'drift', script: 'drift' },
  { title: 'types and lint', script: 'inspect' },
  { title: 'web bundle', script: 'build:web' },
]

/** Stages follow each other; the lanes of a stage run side by side. */
const STAGES: readonly (readonly (readonly Step[])[])[] = [
  [STATIC_LANE, [UNIT]],
  [[BROWSER], [PROCESSES]],
]

async function runLane(lane: readonly Step[], results: StepResult[]): Promise<void> {
  for (const step of lane) {
    if (results.some(({ passed }) => !passed)) return
    const result = await runStep(step)
    results.push(result)
    report(result)
  }
}

function report({ step, passed, seconds, output }: StepResult): void {
  console.log(`${passed ? '✓' : '✗'} ${step.title.padEnd(18)} ${seconds.toFixed(1).padStart(6)} s`)
  if (!passed) console.log(`\n${output.trim()}\n`)
}

function selectStages(names: readonly string[]): typeof STAGES {
  const known = STAGES.flat(2).map(({ script }) => script)
  const unknown = names.filter((name) => !known.includes(name))
  if (unknown.length > 0) {
    console.error(`Unknown step ${unknown.join(', ')}; choose from ${known.join(', ')}.`)
    process.exit(2)
  }
  if (names.length === 0) return STAGES
  return STAGES.map((lanes) => lanes.map((lane) => lane.filter(({ script }) => names.includes(script))))
}

async function main(): Promise<void> {
  const stages = selectStages(process.argv.slice(2))
  rmSync(REPORTS, { recursive: true, force: true })
  mkdirSync(REPORTS, { recursive: true })
  const results: StepResult[] = []
  for (const lanes of stages) await Promise.all(lanes.map((lane) => runLane(lane, results)))

  const failed = results.filter(({ passed }) => !passed)
  if (failed.length > 0) {
    console.log(`Failed: ${failed.map(({ step }) => step.title).join(', ')}.`)
    process.exitCode = 1
  }
  const counts = [UNIT, BROWSER, PROCESSES].flatMap(({ script }) => readTestReport(reportFile(script)) ?? [])
  if (counts.length > 0) console.log(formatCount(sumCounts(counts)))
}

await main()
