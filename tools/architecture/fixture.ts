import { readFileSync } from 'node:fs'
import path from 'node:path'
import { REPOSITORY } from '../repository.ts'
import { cruise, listRules } from './cruise.ts'
import { listSources } from './sources.ts'

const FIXTURE = path.join(REPOSITORY, 'tests/guards/architecture-fixture')
const FOLDERS = ['apps', 'packages', 'tests']
const DECLARATION = /^\/\/ violates: (.+)$/m

/**
 * Holds the cruiser to a small house in which every rule is broken on purpose.
 *
 * @returns One sentence per disagreement: a seeded violation that was not found, a clean file that was blamed, a file that was
 *          not read, or a rule without a seed. Empty when the cruiser can be believed.
 */
export async function checkFixture(): Promise<string[]> {
  const files = listSources(FIXTURE, FOLDERS)
  const [{ modules, violations }, rules] = await Promise.all([cruise(FIXTURE, FOLDERS), listRules()])
  const expected = new Map(files.map((file) => [file, declaredRules(file)]))
  const seeded = new Set([...expected.values()].flat())
  return [
    ...files.filter((file) => !modules.includes(file)).map((file) => `fixture file was not read: ${file}`),
    ...rules.filter((rule) => !seeded.has(rule)).map((rule) => `rule without a seeded violation: ${rule}`),
    ...[...expected].flatMap(([file, declared]) =>
      disagreements(file, declared, firedRules(file, violations)),
    ),
  ]
}

function declaredRules(file: string): string[] {
  const [firstLine = ''] = readFileSync(path.join(FIXTURE, file), 'utf8').split('\n')
  return DECLARATION.exec(firstLine)?.[1]?.split(', ') ?? []
}

function firedRules(file: string, violations: readonly { from: string; rule: string }[]): Set<string> {
  return new Set(violations.filter(({ from }) => from === file).map(({ rule }) => rule))
}

function disagreements(file: string, declared: readonly string[], fired: ReadonlySet<string>): string[] {
  const silent = declared.filter((rule) => !fired.has(rule))
  const surprising = [...fired].filter((rule) => !declared.includes(rule))
  return [
    ...silent.map((rule) => `${rule} did not fire on its seeded violation in ${file}`),
    ...surprising.map((rule) => `${rule} fired on ${file}, which does not break it`),
  ]
}
