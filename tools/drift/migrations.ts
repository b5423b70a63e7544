import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { REPOSITORY } from '../repository.ts'

const MIGRATIONS = path.join(REPOSITORY, 'packages/database/migrations')
const DRIZZLE_KIT = path.join(REPOSITORY, 'node_modules/drizzle-kit/bin.cjs')
const SCHEMA = './packages/database/src/tables/index.ts'

const execute = promisify(execFile)

/** Finds tables whose TypeScript differs from what the migrations leave behind, by asking for one more migration of a copy. */
export async function findMigrationDrift(): Promise<string[]> {
  const copy = await mkdtemp(path.join(tmpdir(), 'siar-migrations-'))
  try {
    await cp(MIGRATIONS, copy, { recursive: true })
    const before = new Set(await readdir(copy))
    await generate(path.relative(REPOSITORY, copy))
    const added = (await readdir(copy)).filter((file) => !before.has(file))
    return added.map(() => 'the tables differ from the migrations; add one with drizzle-kit generate')
  } catch (error) {
    return [`drizzle-kit could not compare tables and migrations: ${describe(error)}`]
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
}

async function generate(out: string): Promise<void> {
  const args = [DRIZZLE_KIT, 'generate', '--dialect', 'postgresql', '--schema', SCHEMA, '--out', out]
  const { stdout, stderr } = await execute(process.execPath, args, { cwd: REPOSITORY, timeout: 120_000 })
  // It ends with 0 after some errors, so its words decide.
  if (!/No schema changes|migration file/i.test(stdout)) throw new Error(`${stdout}\n${stderr}`)
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
