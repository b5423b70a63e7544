import { rm } from 'node:fs/promises'
import { createDatabase, describeEmbedded, removeCluster } from '@siar/database'
import { waitUntil } from '../../packages/test-kit/src/wait-until.ts'
import { atEnd, here, newFolder, startChild, untilExit, untilMessage } from './children.ts'

/** A PostgreSQL server that can be broken. */
export interface Postgres {
  readonly url: string
  start(): Promise<void>
  /** In order: transactions are undone, clients are sent away. */
  stop(): Promise<void>
  /** SIGKILL of the postmaster, as by the system when memory is short. */
  kill(): Promise<void>
  /** Cuts every connection of clients. @returns how many. */
  cutConnections(): Promise<number>
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Ends the server of a data folder and waits until its postmaster is gone. */
export async function endServer(dataDir: string, signal: 'SIGINT' | 'SIGKILL'): Promise<void> {
  const { pid } = await describeEmbedded(dataDir)
  if (pid === null) return
  process.kill(pid, signal)
  await waitUntil(() => !isRunning(pid), { timeoutMs: 60_000, what: 'PostgreSQL to end' })
}

export async function cutConnectionsOf(url: string): Promise<number> {
  const database = createDatabase({ connectionString: url, poolMax: 1, applicationName: 'siar chaos' })
  try {
    const { rowCount } = await database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`,
    )
    return rowCount ?? 0
  } finally {
    await database.close()
  }
}

/** A fresh server with its usual settings, fsync on, that nobody keeps alive; removed at the end. */
export async function startPostgres(): Promise<Postgres> {
  const dataDir = await newFolder()
  const start = async (): Promise<string> => {
    const child = startChild(here('start-postgres.ts'), { args: [dataDir] })
    const { url } = await untilMessage<{ kind: 'started'; url: string }>(child, 'started')
    await untilExit(child)
    return url
  }
  atEnd(() => removeServer(dataDir))
  const url = await start()
  return {
    url,
    start: async () => void (await start()),
    stop: () => endServer(dataDir, 'SIGINT'),
    kill: () => endServer(dataDir, 'SIGKILL'),
    cutConnections: () => cutConnectionsOf(url),
  }
}

/** Stops the server of a data folder and removes everything of it. */
export async function removeServer(dataDir: string): Promise<void> {
  await endServer(dataDir, 'SIGINT')
  await removeCluster(dataDir)
  await rm(dataDir, { recursive: true, force: true })
}
