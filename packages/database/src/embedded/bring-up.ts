import { createServer } from 'node:net'
import pg from 'pg'
import type { DatabaseLogger } from '../logger.ts'
import { findBinaries, installBinaries } from './binaries.ts'
import { ensureCluster } from './cluster.ts'
import { EmbeddedError } from './embedded-error.ts'
import { openBaseDir, preparePlace, type Place } from './place.ts'
import { writePointer } from './pointer.ts'
import { ensureServer, findServer } from './server.ts'
import type { ServerSettings } from './settings.ts'

export interface StartEmbeddedOptions {
  /** The data folder of Siar; made when missing. */
  dataDir: string
  /** Where the system's own user keeps binaries and clusters when Siar runs as root; `/var/lib/siar` unless told. */
  systemDir?: string | undefined
  /** Over the usual settings, when this call starts the server; a server that runs already keeps its own. */
  settings?: ServerSettings | undefined
  logger?: DatabaseLogger | undefined
}

async function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

/** On the first start: the login and the database of Siar. */
async function bootstrap(place: Place, admin: pg.Client): Promise<void> {
  const password = pg.escapeLiteral(place.pointer.password)
  const { rows } = await admin.query<{ role: boolean; base: boolean }>(
    `select exists (select from pg_roles where rolname = 'siar') as role,
            exists (select from pg_database where datname = 'siar') as base`,
  )
  if (rows[0]?.role !== true) {
    await admin.query(`create role siar login createrole createdb bypassrls password ${password}`)
    await admin.query('grant pg_monitor to siar')
  }
  if (rows[0]?.base !== true) await admin.query('create database siar owner siar')
  await writePointer(place.layout.pointerFile, { ...place.pointer, initialised: true })
}

export interface Running {
  place: Place
  reused: boolean
}

/** A folder that is closed, read-only or full is a matter of the machine, to be said in plain words. */
function explainFileError(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error))
  const { code, path, message } = error as NodeJS.ErrnoException
  if (!['EACCES', 'EPERM', 'EROFS', 'ENOSPC'].includes(code ?? '')) return error
  return new EmbeddedError(
    `The embedded PostgreSQL cannot use ${path ?? 'its folder'} (${message}). Make it writable, or set DATABASE_URL.`,
    { cause: error },
  )
}

async function bringUpSteps({ dataDir, systemDir, settings = {} }: StartEmbeddedOptions): Promise<Running> {
  const place = await preparePlace(dataDir, systemDir)
  if (process.platform === 'win32' && (await findServer(place)) === null) {
    place.pointer = { ...place.pointer, tcpPort: await findFreePort() }
    await writePointer(place.layout.pointerFile, place.pointer)
  }
  const binaries = await findBinaries()
  await openBaseDir(place)
  const programDir = await installBinaries(binaries, place.layout.baseDir)
  await ensureCluster(place, binaries, programDir)
  const { admin, reused } = await ensureServer(place, programDir, settings)
  try {
    if (!place.pointer.initialised) await bootstrap(place, admin)
  } finally {
    await admin.end().catch(() => undefined)
  }
  return { place, reused }
}

/** Brings the server up from whatever state it is in. Call under the start lock. @throws EmbeddedError in plain words. */
export async function bringUp(options: StartEmbeddedOptions): Promise<Running> {
  try {
    return await bringUpSteps(options)
  } catch (error) {
    throw explainFileError(error)
  }
}
