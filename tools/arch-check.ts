/**
 * Checks the directions between packages, apps and features (`npm run arch`).
 *
 * A cruiser that reads nothing finds nothing wrong, so this check also fails when a source file was not read, when fewer files
 * were read than a floor, when `@siar/*` imports do not lead to sources, and when a rule stays silent on its seeded violation.
 */
import { cruise, listRules } from './architecture/cruise.ts'
import type { Cruise } from './architecture/cruise.ts'
import { checkFixture } from './architecture/fixture.ts'
import { listSources } from './architecture/sources.ts'
import { REPOSITORY } from './repository.ts'

const FOLDERS = ['apps', 'packages', 'bench', 'tests', 'tools']

/** Raise it as the product grows; it catches a listing of sources that is itself broken. */
const MODULES_MIN = 200

function checkReach(seen: Cruise): string[] {
  const read = new Set(seen.modules)
  const missed = listSources(REPOSITORY, FOLDERS).filter((file) => !read.has(file))
  const joined = seen.edges.some(
    ({ from, to }) => from.startsWith('apps/') && to === 'packages/domain/src/index.ts',
  )
  return [
    ...missed.map((file) => `source file was not read: ${file}`),
    ...(read.size < MODULES_MIN
      ? [`only ${read.size} source files were read, expected ${MODULES_MIN} or more`]
      : []),
    ...(joined ? [] : ['no import of @siar/domain led to its sources']),
  ]
}

async function main(): Promise<void> {
  const [seen, rules] = [await cruise(REPOSITORY, FOLDERS), await listRules()]
  const problems = [
    ...seen.violations.map(({ rule, from, to }) => `${rule}: ${from} → ${to}`),
    ...checkReach(seen),
    ...(await checkFixture()),
  ]
  if (problems.length > 0) {
    console.error(problems.join('\n'))
    console.error(
      `\n${problems.length} problem(s). The rules and their reasons are in .dependency-cruiser.cjs.`,
    )
    process.exitCode = 1
    return
  }
  console.log(
    `${seen.modules.length} files, ${seen.edges.length} imports, ${rules.length} rules: all directions hold.`,
  )
}

await main()
