import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createDatabase } from '../client.ts'
import { describeEmbedded } from './describe.ts'
import type { StartEmbeddedOptions } from './bring-up.ts'

export const isRoot = process.getuid?.() === 0
const program = fileURLToPath(new URL('./start.fixtures.ts', import.meta.url))

/** What the program of `start.fixtures.ts` told in its one line. */
export interface Report {
  url?: string
  clusterDir?: string
  reused?: boolean
  failure?: string
  kind?: string
}

export interface Program {
  report: Report
  /** Ends it in order and waits. */
  stop(): Promise<void>
  kill(): Promise<void>
}

/** A folder for one test file: `system` stands for the system folder, so that nothing is left behind. */
export async function makeGround() {
  const root = await mkdtemp(join(tmpdir(), 'siar-embedded-'))
  await chmod(root, 0o755)
  const systemDir = join(root, 'system')
  let count = 0
  return {
    systemDir,
    /** A data folder under a home that no other user can enter. */
    newDataDir: async () => {
      const home = join(root, `home-${(count += 1)}`)
      await mkdir(home, { mode: 0o700 })
      return join(home, 'data')
    },
    remove: () => rm(root, { recursive: true, force: true }),
  }
}

/** Starts the embedded server from another process. */
export async function startProgram(options: StartEmbeddedOptions, uid?: number): Promise<Program> {
  const child = spawn(process.execPath, [program, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    cwd: '/',
    ...(uid === undefined ? {} : { uid, gid: uid }),
  })
  const ended = once(child, 'exit')
  const [line] = (await Promise.race([once(createInterface(child.stdout), 'line'), ended])) as [unknown]
  const report = typeof line === 'string' ? (JSON.parse(line) as Report) : { failure: 'the program died' }
  return {
    report,
    stop: async () => {
      child.stdin.end()
      await ended
    },
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Runs one statement and closes again. */
export async function ask<Row extends object>(url: string, statement: string): Promise<Row[]> {
  const database = createDatabase({ connectionString: url, poolMax: 1, applicationName: 'siar test' })
  try {
    return (await database.pool.query(statement)).rows as Row[]
  } finally {
    await database.close()
  }
}

export async function findPid({ dataDir, systemDir }: StartEmbeddedOptions): Promise<number | null> {
  return (await describeEmbedded(dataDir, systemDir)).pid
}
