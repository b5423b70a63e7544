import { randomUUID } from 'node:crypto'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { EmbeddedError } from './embedded-error.ts'
import { isAlive, readStartMark } from './process-table.ts'

interface Holder {
  pid: number
  startMark: string
  token: string
}

const patienceMs = 90_000
const askAgainMs = 25

/** What a power cut left half written belongs to nobody. */
function parseHolder(text: string): Holder {
  try {
    return JSON.parse(text) as Holder
  } catch {
    return { pid: 0, startMark: '', token: '' }
  }
}

async function read(file: string): Promise<{ text: string; holder: Holder } | null> {
  const text = await readFile(file, 'utf8').catch(() => null)
  return text === null ? null : { text, holder: parseHolder(text) }
}

async function holds({ pid, startMark }: Holder): Promise<boolean> {
  return pid > 0 && (await isAlive(pid)) && (await readStartMark(pid)) === startMark
}

async function place(file: string, text: string): Promise<boolean> {
  const temporary = `${file}.${randomUUID().slice(0, 8)}`
  await writeFile(temporary, text, { mode: 0o600 })
  try {
    await link(temporary, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  } finally {
    await rm(temporary, { force: true })
  }
}

/** Takes away the lock of a dead process; when a live one put its own there meanwhile, gives it back. */
async function removeStale(file: string, staleText: string): Promise<void> {
  const aside = `${file}.${randomUUID().slice(0, 8)}`
  const moved = await rename(file, aside).then(
    () => true,
    () => false,
  )
  if (!moved) return
  if ((await readFile(aside, 'utf8')) !== staleText) await link(aside, file).catch(() => undefined)
  await rm(aside, { force: true })
}

async function acquire(file: string): Promise<void> {
  const mine: Holder = { pid: process.pid, startMark: await readStartMark(process.pid), token: randomUUID() }
  const deadline = performance.now() + patienceMs
  while (!(await place(file, JSON.stringify(mine)))) {
    const current = await read(file)
    if (current !== null && !(await holds(current.holder))) await removeStale(file, current.text)
    else await wait(askAgainMs)
    if (performance.now() > deadline) {
      throw new EmbeddedError(
        `Another process (pid ${current?.holder.pid ?? '?'}) has been starting the database for long.`,
      )
    }
  }
}

const queues = new Map<string, Promise<unknown>>()

/**
 * Runs `run` while no other process, and no other call of this one, runs one with the same file. The lock of a killed
 * process is taken over. @throws EmbeddedError after 90 s of waiting.
 */
export async function withStartLock<T>(file: string, run: () => Promise<T>): Promise<T> {
  const before = queues.get(file) ?? Promise.resolve()
  const turn = before.then(async () => {
    await acquire(file)
    try {
      return await run()
    } finally {
      await rm(file, { force: true })
    }
  })
  queues.set(
    file,
    turn.catch(() => undefined),
  )
  return turn
}
