import { createHash, randomBytes } from 'node:crypto'
import { realpath } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

/** Where the parts of one embedded server lie. */
export interface Layout {
  /** The data folder of Siar, without links. */
  dataDir: string
  inside: boolean
  /** Short name of the cluster, also in the process list. */
  key: string
  /** Holds the binaries; world-readable when PostgreSQL runs as another user. */
  baseDir: string
  clusterDir: string
  socketDir: string
  pointerFile: string
  lockFile: string
  logFile: string
}

/** A Unix socket's whole path, in bytes, with the final zero left out. */
const socketPathBytesMax = process.platform === 'darwin' ? 103 : 107
const socketName = '/.s.PGSQL.5432'

/** Where the system's own user keeps clusters when Siar runs as root. */
export const defaultSystemDir = '/var/lib/siar'

function chooseSocketDir(preferred: string, key: string): string {
  if (Buffer.byteLength(preferred + socketName) <= socketPathBytesMax) return preferred
  const short = join(tmpdir(), `siar-${key}`)
  return Buffer.byteLength(short + socketName) <= socketPathBytesMax ? short : `/tmp/siar-${key}`
}

/** Whether the cluster is kept inside the data folder, which is so unless root made it. */
export function keepsInside(): boolean {
  return process.platform === 'win32' || process.getuid?.() !== 0
}

export interface LayoutOptions {
  inside: boolean
  systemDir?: string | undefined
  /** Of a cluster outside that exists already; its data folder may have moved since. */
  clusterDir?: string | undefined
}

/**
 * Inside, the data folder's own path. Outside a drawn one, kept in the pointer: when somebody removes a data folder, its
 * cluster stays behind in the system folder, and the next one in the same place must not meet it.
 */
function chooseKey(dataDir: string, { inside, clusterDir }: LayoutOptions): string {
  if (clusterDir !== undefined) return basename(clusterDir).replace(/^cluster-/, '')
  return inside
    ? createHash('sha256').update(dataDir).digest('hex').slice(0, 12)
    : randomBytes(6).toString('hex')
}

/**
 * Decides where everything lies. What root makes is outside the data folder, because a data folder may stand under a
 * home that the user of PostgreSQL cannot enter; what an ordinary user makes is inside.
 *
 * @param dataDir Must exist.
 */
export async function planLayout(dataDir: string, options: LayoutOptions): Promise<Layout> {
  const real = await realpath(dataDir)
  const key = chooseKey(real, options)
  const baseDir = options.inside ? join(real, 'postgres') : (options.systemDir ?? defaultSystemDir)
  return {
    dataDir: real,
    key,
    inside: options.inside,
    baseDir,
    clusterDir: options.clusterDir ?? join(baseDir, options.inside ? 'cluster' : `cluster-${key}`),
    socketDir: chooseSocketDir(join(baseDir, options.inside ? 'run' : `run-${key}`), key),
    pointerFile: join(real, 'database.json'),
    lockFile: join(real, 'database.lock'),
    logFile: join(real, 'database.log'),
  }
}
