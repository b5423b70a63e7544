import { readFile, readdir, stat } from 'node:fs/promises'
import path from 'node:path'

/** What of a profile holds the link to the account; caches are made anew. */
const keptParts: readonly RegExp[] = [
  /^Local State$/,
  /^Default\/Preferences$/,
  /^Default\/(?:Network\/)?Cookies(?:-journal)?$/,
  /^Default\/(?:IndexedDB|Local Storage|Session Storage|WebStorage|Storage|databases|File System)\//,
]

const droppedNames: ReadonlySet<string> = new Set(['LOCK', 'LOG', 'LOG.old'])

export interface ProfileFile {
  /** Relative to the profile, with `/`. */
  readonly path: string
  readonly data: Buffer
}

function isKept(relative: string): boolean {
  return keptParts.some((part) => part.test(relative)) && !droppedNames.has(path.posix.basename(relative))
}

interface Seen {
  readonly path: string
  readonly size: number
  readonly changedAtMs: number
}

async function look(folder: string): Promise<Seen[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .filter(isKept)
    .sort()
  return Promise.all(
    files.map(async (file) => {
      const { size, mtimeMs } = await stat(path.join(folder, file))
      return { path: file, size, changedAtMs: mtimeMs }
    }),
  )
}

/** Logs of the database only grow; one that is cut off at its end is read up to there. */
function isSameButGrown(before: Seen, after: Seen | undefined): boolean {
  if (after?.path !== before.path) return false
  if (before.path.endsWith('.log')) return after.size >= before.size
  return after.size === before.size && after.changedAtMs === before.changedAtMs
}

function isSteady(before: readonly Seen[], after: readonly Seen[]): boolean {
  return before.length === after.length && before.every((seen, index) => isSameButGrown(seen, after[index]))
}

async function readOnce(folder: string): Promise<ProfileFile[] | null> {
  try {
    const before = await look(folder)
    const files = await Promise.all(
      before.map(async (seen) => {
        const data = await readFile(path.join(folder, seen.path))
        return { path: seen.path, data: data.subarray(0, Math.max(seen.size, 0)) }
      }),
    )
    return isSteady(before, await look(folder)) ? files : null
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

const triesMax = 5
const pauseMs = 200

/**
 * Reads what is worth keeping of a profile, also while its browser runs: only a reading during which no file came,
 * went or was rewritten counts.
 *
 * @returns null when the profile did not hold still.
 */
export async function readProfile(folder: string): Promise<ProfileFile[] | null> {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const files = await readOnce(folder)
    if (files !== null) return files
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
  return null
}
