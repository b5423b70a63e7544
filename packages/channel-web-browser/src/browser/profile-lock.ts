import { readlink, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'

/** Who holds a profile: nobody, a process that is gone, one that lives here, or one on another machine. */
export type ProfileHolder =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'dead' }
  | { readonly kind: 'alive'; readonly pid: number }
  | { readonly kind: 'elsewhere' }

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const linkOf = (target: string): Promise<string | null> => readlink(target).catch(() => null)

/** Reads Chromium's own lock of a profile, a link to `<host>-<pid>`. */
export async function findHolder(profile: string): Promise<ProfileHolder> {
  const lock = await linkOf(path.join(profile, 'SingletonLock'))
  const [, host, digits] = /^(.*)-(\d+)$/.exec(lock ?? '') ?? []
  if (lock === null || digits === undefined) return { kind: 'nobody' }
  if (host !== hostname()) return { kind: 'elsewhere' }
  const pid = Number(digits)
  return isAlive(pid) ? { kind: 'alive', pid } : { kind: 'dead' }
}

/** Removes what a dead browser left in its profile and in the folder for temporary files. */
export async function clearDeadLock(profile: string): Promise<void> {
  const socket = await linkOf(path.join(profile, 'SingletonSocket'))
  if (socket !== null && /[/.]org\.chromium\.[^/]+\/SingletonSocket$/.test(socket)) {
    await rm(path.dirname(socket), { recursive: true, force: true })
  }
  for (const name of ['SingletonLock', 'SingletonSocket', 'SingletonCookie']) {
    await rm(path.join(profile, name), { force: true })
  }
}
