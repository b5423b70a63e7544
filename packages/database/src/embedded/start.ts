import { mkdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import type { ConnectionParts } from '../client.ts'
import { silentLogger, type DatabaseLogger } from '../logger.ts'
import { bringUp, type Running, type StartEmbeddedOptions } from './bring-up.ts'
import { Holder } from './holder.ts'
import type { Place } from './place.ts'
import { connectionOf, findServer, stopServer } from './server.ts'
import { withStartLock } from './start-lock.ts'
import { othersUse } from './users.ts'

/** A running embedded server, as one process uses it. */
export interface EmbeddedServer {
  /** The login `siar`: owns its database, may make roles and databases, passes row security; not a superuser. */
  readonly connection: ConnectionParts
  /** The same as one text, for programs that take one; holds the password. */
  readonly url: string
  readonly clusterDir: string
  /** True when a server that ran already was taken. */
  readonly reused: boolean
  /**
   * Gives the server up; close your own pools first. The last user stops it and waits until everything is written;
   * with other users left it keeps running. Calling it twice is fine.
   *
   * @returns whether the server was stopped.
   */
  stop(): Promise<boolean>
}

/** Under the start lock, so that nobody is handed a server that is about to stop. */
async function stopUnlessUsed(place: Place): Promise<boolean> {
  const pid = await findServer(place)
  if (pid === null) return true
  if (await othersUse(place)) return false
  await stopServer(place, pid)
  return true
}

function toUrl({ host, port, user, password, database }: ConnectionParts): string {
  const address = process.platform === 'win32' ? `${host}:${port}` : encodeURIComponent(host)
  return `postgresql://${user}:${password}@${address}/${database}`
}

/** Under the start lock: brings the server up and says that this process uses it. */
async function hold(
  options: StartEmbeddedOptions,
  lockFile: string,
  logger: DatabaseLogger,
): Promise<Running & { holder: Holder }> {
  const running = await bringUp(options)
  const revive = async () => {
    await withStartLock(lockFile, async () => (holder.isClosed ? undefined : bringUp(options)))
  }
  const holder: Holder = new Holder(running.place, revive, logger)
  await holder.open()
  return { ...running, holder }
}

/**
 * Starts the PostgreSQL of this data folder, or takes the one that runs already.
 *
 * The server outlives a killed Siar; the next start takes it over. It is reached over a Unix socket only, with a
 * password kept in the data folder. Two starts at once, from two processes too, end with one server. While this
 * process lives, a server that dies is started again; open statements fail and pools connect anew.
 *
 * @throws EmbeddedError in plain words when it cannot run here.
 */
export async function startEmbedded(options: StartEmbeddedOptions): Promise<EmbeddedServer> {
  const logger = options.logger ?? silentLogger
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 })
  const lockFile = join(await realpath(options.dataDir), 'database.lock')
  const { place, holder, reused } = await withStartLock(lockFile, () => hold(options, lockFile, logger))
  const connection = connectionOf(place, 'siar')
  let stopping: Promise<boolean> | undefined
  const stop = async () => {
    holder.close()
    return withStartLock(lockFile, () => stopUnlessUsed(place))
  }
  logger.debug({ clusterDir: place.layout.clusterDir, reused }, 'the embedded PostgreSQL is ready')
  return {
    connection,
    url: toUrl(connection),
    clusterDir: place.layout.clusterDir,
    reused,
    stop: () => (stopping ??= stop()),
  }
}
