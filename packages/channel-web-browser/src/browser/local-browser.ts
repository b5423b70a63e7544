import type { BrowserContext } from 'playwright-core'
import { isGone } from './browser-source.ts'
import type { OpenBrowser, ProfileEnd } from './browser-source.ts'
import type { ProfileFolder } from './profile-folder.ts'
import { clearDeadLock, findHolder, isAlive } from './profile-lock.ts'
import type { ProxyRelay } from './proxy-relay.ts'

export interface Tally {
  started: number
  lost: number
  failedStarts: number
  archives: number
}

interface Parts {
  readonly context: BrowserContext
  readonly folder: ProfileFolder
  readonly relay: ProxyRelay | null
  readonly giveBack: () => void
}

const pollMs = 25

async function untilDead(pid: number, patienceMs: number): Promise<boolean> {
  const deadline = performance.now() + patienceMs
  while (isAlive(pid)) {
    if (performance.now() > deadline) return false
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
  return true
}

/** Ends the process that holds the profile: by asking, and by force when it does not end in time. */
async function endProcess({ context, folder }: Parts, patienceMs: number): Promise<void> {
  const holder = await findHolder(folder.path)
  const closing = context.close().catch(() => undefined)
  await Promise.race([closing, new Promise((resolve) => setTimeout(resolve, patienceMs).unref())])
  if (holder.kind !== 'alive') return
  if (!(await untilDead(holder.pid, 2_000))) {
    process.kill(holder.pid, 'SIGKILL')
    await untilDead(holder.pid, 5_000)
  }
}

/** What a close leaves of the profile. A profile that could not be archived stays for the next start. */
async function endProfile({ folder }: Parts, end: ProfileEnd, tally: Tally): Promise<void> {
  await clearDeadLock(folder.path)
  if (end === 'leave') return
  if (end === 'drop') return folder.remove()
  const isArchived = await folder.archive().catch(() => false)
  if (!isArchived) return
  tally.archives += 1
  await folder.remove()
}

export function createLocalBrowser(parts: Parts, tally: Tally, closeMs: number): OpenBrowser {
  let closing: Promise<void> | null = null
  let isClosed = false
  parts.context.once('close', () => {
    isClosed = true
  })
  const close = async (end: ProfileEnd): Promise<void> => {
    if (await isGone(() => isClosed)) tally.lost += 1
    try {
      await endProcess(parts, closeMs)
      await endProfile(parts, end, tally)
    } finally {
      await parts.relay?.close().catch(() => undefined)
      parts.giveBack()
    }
  }
  return {
    context: parts.context,
    onLost: (listener) => {
      parts.context.once('close', () => {
        if (closing === null) listener()
      })
    },
    archive: async () => {
      const isArchived = await parts.folder.archive()
      if (isArchived) tally.archives += 1
      return isArchived
    },
    close: (end) => (closing ??= close(end).catch(() => undefined)),
  }
}
