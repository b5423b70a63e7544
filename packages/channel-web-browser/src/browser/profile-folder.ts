import type { CredentialStore } from '@siar/channel'
import { createHash, randomUUID } from 'node:crypto'
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { findGeneration, readArchive, writeArchive } from './profile-archive.ts'
import { BrowserUnavailable } from './browser-source.ts'
import { readProfile } from './profile-files.ts'
import { clearDeadLock, findHolder } from './profile-lock.ts'
import { packProfile, unpackProfile } from './profile-pack.ts'

/** The profile of one sender on this machine. It lies here only while a browser uses it, or after a crash. */
export interface ProfileFolder {
  readonly path: string
  /** False when it lay here already. */
  readonly isFresh: boolean
  /** Puts what the folder holds now into the archive. @returns false when it did not hold still. */
  archive(): Promise<boolean>
  remove(): Promise<void>
}

/** Which archive the folder was made from; it may hold newer changes of the same browser. */
const originFile = 'siar-origin'

function nameOf(senderId: string): string {
  return /^[A-Za-z0-9_-]{1,80}$/.test(senderId)
    ? senderId
    : createHash('sha256').update(senderId).digest('hex')
}

/** A folder nobody else holds: the sender's own, or a fresh one beside it when another machine's lock lies in it. */
async function findFree(root: string, senderId: string): Promise<string> {
  for (let turn = 0; turn < 10; turn += 1) {
    const folder = path.join(root, turn === 0 ? nameOf(senderId) : `${nameOf(senderId)}-${turn}`)
    const holder = await findHolder(folder)
    if (holder.kind === 'alive') throw new BrowserUnavailable('profile_in_use')
    if (holder.kind === 'dead') await clearDeadLock(folder)
    if (holder.kind !== 'elsewhere') return folder
  }
  throw new BrowserUnavailable('profile_in_use')
}

async function makeEmpty(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await chmod(folder, 0o700)
}

const originOf = (folder: string): Promise<string | null> =>
  readFile(path.join(folder, originFile), 'utf8').catch(() => null)

/** Takes over what lies here when it comes from the newest archive (a crash left it), else unpacks the archive. */
async function fill(folder: string, credentials: CredentialStore): Promise<boolean> {
  const generation = await findGeneration(credentials)
  if ((await originOf(folder)) === (generation ?? 'none')) {
    await chmod(folder, 0o700)
    return false
  }
  await makeEmpty(folder)
  const archive = await readArchive(credentials)
  if (archive) await unpackProfile(archive.packed, folder)
  await writeFile(path.join(folder, originFile), archive?.generation ?? 'none', { mode: 0o600 })
  return true
}

/**
 * Prepares the profile of a sender in `root` (0700).
 *
 * @throws BrowserUnavailable `profile_in_use` while a living browser holds it, `profile_broken` when the archive cannot
 *         be unpacked; nothing is left behind then.
 */
export async function openProfileFolder(
  root: string,
  senderId: string,
  credentials: CredentialStore,
): Promise<ProfileFolder> {
  await mkdir(root, { recursive: true, mode: 0o700 })
  const folder = await findFree(root, senderId)
  const isFresh = await fill(folder, credentials).catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true })
    throw new BrowserUnavailable('profile_broken', { cause: error })
  })
  return {
    path: folder,
    isFresh,
    archive: async () => {
      const files = await readProfile(folder)
      if (files === null || files.length === 0) return false
      const generation = randomUUID()
      await writeArchive(credentials, generation, await packProfile(files))
      await writeFile(path.join(folder, originFile), generation, { mode: 0o600 })
      return true
    },
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }),
  }
}
