import { spawn, type ChildProcess } from 'node:child_process'
import { open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import type { ConnectionParts } from '../client.ts'
import { spawnOptions } from './cluster.ts'
import { EmbeddedError } from './embedded-error.ts'
import { makePrivateDir, type Place } from './place.ts'
import { isAlive, listWorkers, worksIn } from './process-table.ts'
import { serverArguments, type ServerSettings } from './settings.ts'

const readyPatienceMs = 120_000
const stragglerPatienceMs = 10_000
const logBytesMax = 5_000_000

/** The way in for one login; `host` is the folder of the socket, or this machine on Windows. */
export function connectionOf({ layout, pointer }: Place, user: 'siar' | 'postgres'): ConnectionParts {
  const login = { user, password: pointer.password, database: user }
  if (process.platform === 'win32') return { host: '127.0.0.1', port: pointer.tcpPort ?? 5432, ...login }
  return { host: layout.socketDir, port: 5432, ...login }
}

function clusterName({ layout }: Pick<Place, 'layout'>): string {
  return `siar-${layout.key}`
}

/** The process number of the live server of this cluster, or null. A zombie or a stranger of that number is none. */
export async function findServer(place: Pick<Place, 'layout'>): Promise<number | null> {
  const { clusterDir } = place.layout
  const text = await readFile(join(clusterDir, 'postmaster.pid'), 'utf8').catch(() => '')
  const pid = Number.parseInt(text, 10)
  if (!(pid > 0)) return null
  return (await worksIn(pid, clusterDir, clusterName(place))) ? pid : null
}

/** Children of a killed server end by themselves; one that does not is ended, as it can serve nobody. */
async function awaitStragglers(place: Place): Promise<void> {
  const { clusterDir } = place.layout
  const deadline = performance.now() + stragglerPatienceMs
  let workers = await listWorkers(clusterDir, clusterName(place))
  while (workers.length > 0) {
    if (performance.now() > deadline) for (const pid of workers) process.kill(pid, 'SIGKILL')
    await wait(20)
    workers = await listWorkers(clusterDir, clusterName(place))
  }
}

async function openLog(place: Place) {
  const { logFile } = place.layout
  const { size } = await stat(logFile).catch(() => ({ size: 0 }))
  if (size > logBytesMax) await rename(logFile, `${logFile}.1`)
  const log = await open(logFile, 'a', 0o600)
  if (place.account) await log.chown(place.account.uid, place.account.gid)
  return log
}

/** Starts the server apart from this process, after what an earlier one left is gone. Call under the start lock. */
async function launch(place: Place, programDir: string, settings: ServerSettings): Promise<ChildProcess> {
  const { clusterDir, socketDir } = place.layout
  await awaitStragglers(place)
  await rm(join(clusterDir, 'postmaster.pid'), { force: true })
  if (process.platform !== 'win32') {
    await makePrivateDir(socketDir, place.account)
    await rm(join(socketDir, '.s.PGSQL.5432'), { force: true })
    await rm(join(socketDir, '.s.PGSQL.5432.lock'), { force: true })
  }
  const log = await openLog(place)
  const program = join(programDir, 'bin', 'postgres')
  const child = spawn(program, serverArguments(place, settings), {
    ...spawnOptions(place),
    detached: true,
    windowsHide: true,
    stdio: ['ignore', log.fd, log.fd],
  })
  child.on('error', () => undefined)
  child.unref()
  await log.close()
  return child
}

async function explainDeath(place: Place): Promise<EmbeddedError> {
  const text = await readFile(place.layout.logFile, 'utf8').catch(() => '')
  const lastLines = text.trimEnd().split('\n').slice(-5).join('\n')
  return new EmbeddedError(`PostgreSQL did not start. The end of ${place.layout.logFile}:\n${lastLines}`)
}

/** Answers a login of the administrator when the server of this very cluster takes connections, else null. */
async function tryAdmin(place: Place): Promise<pg.Client | null> {
  const client = new pg.Client({ ...connectionOf(place, 'postgres'), connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>('show data_directory')
    if (rows[0]?.data_directory === place.layout.clusterDir || process.platform === 'win32') return client
  } catch (error) {
    if ((error as { code?: string }).code === '28P01') {
      throw new EmbeddedError('The password in database.json is not that of the database.', { cause: error })
    }
  }
  await client.end().catch(() => undefined)
  return null
}

/** Waits until the server answers, for as long as it lives. The caller ends the client. */
export async function connectAdmin(
  place: Place,
  isGone: () => boolean | Promise<boolean>,
): Promise<pg.Client> {
  const deadline = performance.now() + readyPatienceMs
  for (let pauseMs = 5; ; pauseMs = Math.min(100, pauseMs * 1.5)) {
    const client = await tryAdmin(place)
    if (client !== null) return client
    if ((await isGone()) || performance.now() > deadline) throw await explainDeath(place)
    await wait(pauseMs)
  }
}

/** Makes sure the server runs. Call under the start lock. @returns a login of the administrator, for the caller to end. */
export async function ensureServer(
  place: Place,
  programDir: string,
  settings: ServerSettings,
): Promise<{ admin: pg.Client; reused: boolean }> {
  const running = await findServer(place)
  if (running !== null) {
    const admin = await connectAdmin(place, async () => !(await isAlive(running))).catch(() => null)
    if (admin !== null) return { admin, reused: true }
  }
  const child = await launch(place, programDir, settings)
  const isGone = () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined
  return { admin: await connectAdmin(place, isGone), reused: false }
}

/** Stops the server in order: running statements are undone, everything is written. Waits until it is gone. */
export async function stopServer(place: Place, pid: number): Promise<void> {
  process.kill(pid, 'SIGINT')
  const deadline = performance.now() + 60_000
  let hurried = false
  while (await isAlive(pid)) {
    if (!hurried && performance.now() > deadline) {
      process.kill(pid, 'SIGQUIT')
      hurried = true
    }
    await wait(10)
  }
  await awaitStragglers(place)
}
