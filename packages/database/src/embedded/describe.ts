import { readClusterVersion } from './cluster.ts'
import { findBinaries } from './binaries.ts'
import { findPlace } from './place.ts'
import { findServer } from './server.ts'

/** What `siar doctor` tells of the embedded server. */
export interface EmbeddedDescription {
  /** Of the binaries that came with this Siar, null when they are not installed for this machine. */
  binariesVersion: string | null
  /** Null when this data folder has no database yet. */
  clusterDir: string | null
  /** Major version of PostgreSQL that the cluster is of. */
  clusterVersion: string | null
  socketDir: string | null
  logFile: string | null
  /** Process number of the running server, null when it does not run. */
  pid: number | null
}

/** Looks only, starts and changes nothing. @throws EmbeddedError when the data folder's note of it cannot be read. */
export async function describeEmbedded(dataDir: string, systemDir?: string): Promise<EmbeddedDescription> {
  const binariesVersion = await findBinaries().then(
    ({ version }) => version,
    () => null,
  )
  const place = await findPlace(dataDir, systemDir).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  })
  if (place === null) {
    return {
      binariesVersion,
      clusterDir: null,
      clusterVersion: null,
      socketDir: null,
      logFile: null,
      pid: null,
    }
  }
  const { clusterDir, socketDir, logFile } = place.layout
  const clusterVersion = await readClusterVersion(clusterDir)
  return { binariesVersion, clusterDir, clusterVersion, socketDir, logFile, pid: await findServer(place) }
}
