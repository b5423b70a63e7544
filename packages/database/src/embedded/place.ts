import { chmod, chown, lstat, mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { chooseAccount, type Account } from './account.ts'
import { EmbeddedError } from './embedded-error.ts'
import { keepsInside, planLayout, type Layout } from './layout.ts'
import { createPointer, readPointer, writePointer, type Pointer } from './pointer.ts'

/** Where the server of one data folder lies, who runs it, and its password. */
export interface Place {
  layout: Layout
  pointer: Pointer
  /** Null: this very user. */
  account: Account | null
}

async function findOwner(path: string): Promise<number | null> {
  return stat(path).then(
    ({ uid }) => uid,
    () => null,
  )
}

/** Plans by what the data folder remembers; null when it has no cluster yet. */
export async function findPlace(
  dataDir: string,
  systemDir: string | undefined,
): Promise<Omit<Place, 'account'> | null> {
  const fresh = await planLayout(dataDir, { inside: keepsInside(), systemDir })
  const pointer = await readPointer(fresh.pointerFile)
  if (pointer === null) return null
  const { clusterDir } = pointer
  if (clusterDir === null) return { pointer, layout: await planLayout(dataDir, { inside: true }) }
  return { pointer, layout: await planLayout(dataDir, { inside: false, systemDir, clusterDir }) }
}

/** A moved data folder keeps its cluster; a copied one must not share that of its original. */
async function claimOutsideCluster({ layout, pointer }: Omit<Place, 'account'>): Promise<Pointer> {
  if (pointer.clusterDir === null || pointer.dataDir === layout.dataDir) return pointer
  const original = await readPointer(join(pointer.dataDir, 'database.json')).catch(() => null)
  if (original?.clusterDir === pointer.clusterDir) {
    throw new EmbeddedError(
      `${layout.dataDir} is a copy of ${pointer.dataDir}, whose database it must not share. ` +
        'Remove database.json from the copy to begin there with an empty database, then restore a backup into it.',
    )
  }
  const moved = { ...pointer, dataDir: layout.dataDir }
  await writePointer(layout.pointerFile, moved)
  return moved
}

async function findOrMakePlace(
  dataDir: string,
  systemDir: string | undefined,
): Promise<Omit<Place, 'account'>> {
  const found = await findPlace(dataDir, systemDir)
  if (found) return { layout: found.layout, pointer: await claimOutsideCluster(found) }
  const layout = await planLayout(dataDir, { inside: keepsInside(), systemDir })
  const clusterDir = layout.inside ? null : layout.clusterDir
  return { layout, pointer: await createPointer(layout.pointerFile, { dataDir: layout.dataDir, clusterDir }) }
}

/**
 * Finds or makes the place of the cluster. Call under the start lock.
 *
 * @throws EmbeddedError when a cluster that once was complete is gone: an empty one in its place would look like lost data.
 */
export async function preparePlace(dataDir: string, systemDir: string | undefined): Promise<Place> {
  const { layout, pointer } = await findOrMakePlace(dataDir, systemDir)
  const ownerUid = await findOwner(layout.clusterDir)
  if (ownerUid === null && pointer.initialised) {
    throw new EmbeddedError(
      `The database of this data folder is gone: ${layout.clusterDir}. Put it back, ` +
        `or remove ${layout.pointerFile} to begin with an empty one and restore a backup.`,
    )
  }
  if (ownerUid !== null && process.getuid !== undefined && ![0, ownerUid].includes(process.getuid())) {
    throw new EmbeddedError(
      `The database in ${layout.clusterDir} belongs to another user; start Siar as that user.`,
    )
  }
  return { layout, pointer, account: await chooseAccount(ownerUid ?? (await insideOwner(layout))) }
}

/** As root in a data folder of an ordinary user, whose cluster is still to be made: that user. */
async function insideOwner(layout: Layout): Promise<number | null> {
  return layout.inside ? findOwner(layout.dataDir) : null
}

/** Makes the base folder; outside the data folder the user of PostgreSQL must be able to enter it, whatever the umask. */
export async function openBaseDir({ layout }: Place): Promise<void> {
  const made = await mkdir(layout.baseDir, { recursive: true })
  if (made !== undefined && !layout.inside) await chmod(layout.baseDir, 0o755)
}

/** Makes a folder that only the user of PostgreSQL enters. @throws EmbeddedError when another user's stands there. */
export async function makePrivateDir(path: string, account: Account | null): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 })
  const { uid, mode } = await lstat(path)
  const wanted = account?.uid ?? process.getuid?.() ?? uid
  if (uid !== wanted) {
    await chown(path, wanted, account?.gid ?? -1).catch((error: unknown) => {
      throw new EmbeddedError(`The folder ${path} belongs to another user.`, { cause: error })
    })
  }
  if (process.platform !== 'win32' && (mode & 0o777) !== 0o700) await chmod(path, 0o700)
}
