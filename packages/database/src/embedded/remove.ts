import { realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { EmbeddedError } from './embedded-error.ts'
import { findPlace } from './place.ts'
import { findServer } from './server.ts'
import { withStartLock } from './start-lock.ts'

/**
 * Deletes the database of a data folder for good. Does nothing when there is none.
 *
 * @throws EmbeddedError while its server runs.
 */
export async function removeCluster(dataDir: string, systemDir?: string): Promise<void> {
  await withStartLock(join(await realpath(dataDir), 'database.lock'), async () => {
    const place = await findPlace(dataDir, systemDir)
    if (place === null) return
    if ((await findServer(place)) !== null)
      throw new EmbeddedError('The database still runs; stop Siar first.')
    await rm(place.layout.clusterDir, { recursive: true, force: true })
    await rm(place.layout.socketDir, { recursive: true, force: true })
    await rm(place.layout.pointerFile, { force: true })
  })
}
