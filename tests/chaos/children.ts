import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { openSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { COMPILE_CACHE } from '../compile-cache.ts'

const cleanUps: (() => Promise<unknown>)[] = []
const living = new Set<ChildProcess>()
let ending: Promise<void> | null = null

export interface ChildOptions {
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Standard error and output are appended to it; nowhere unless told. */
  readonly logFile?: string | null
}

/** Starts a Node.js program with a line to this process (`child.send`); it is ended at the end at the latest. */
export function startChild(file: string, { args = [], env = {}, logFile }: ChildOptions = {}): ChildProcess {
  if (ending) throw new Error('The proof is over; nothing is started any more')
  const { DATABASE_URL: _database, REDIS_URL: _redis, ...inherited } = process.env
  const log = logFile === undefined || logFile === null ? 'ignore' : openSync(logFile, 'a')
  const child = spawn(process.execPath, [file, ...args], {
    env: { ...inherited, NODE_ENV: 'development', NODE_COMPILE_CACHE: COMPILE_CACHE, ...env },
    stdio: ['ignore', log, log, 'ipc'],
  })
  child.on('error', () => undefined)
  living.add(child)
  child.once('exit', () => living.delete(child))
  return child
}

/** A file of this folder, for `startChild`. */
export function here(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url))
}

export function isLiving(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null
}

/** Resolves when the process is gone. */
export function untilExit(child: ChildProcess): Promise<void> {
  return isLiving(child) ? new Promise((resolve) => child.once('exit', () => resolve())) : Promise.resolve()
}

/** The first message that is of this kind. @throws Error when the process ends before. */
export function untilMessage<T extends { kind: string }>(child: ChildProcess, kind: T['kind']): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      child.off('message', hear)
      child.off('exit', fail)
    }
    const hear = (message: unknown): void => {
      if ((message as T).kind !== kind) return
      end()
      resolve(message as T)
    }
    const fail = (): void => {
      end()
      reject(new Error(`A process ended before it said "${kind}"`))
    }
    if (!isLiving(child)) return fail()
    child.on('message', hear)
    child.once('exit', fail)
  })
}

/** Ends it for good, also when it stands still. */
export async function killChild(child: ChildProcess): Promise<void> {
  if (!isLiving(child)) return
  child.kill('SIGKILL')
  await untilExit(child)
}

/** A new folder, removed at the end. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'siar-chaos-'))
  atEnd(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Runs at the end, the latest first, after all processes of `startChild` have ended. */
export function atEnd(run: () => Promise<unknown>): void {
  cleanUps.push(run)
}

/** Ends every process and removes every folder of the proof. */
export function endEverything(): Promise<void> {
  ending ??= (async () => {
    await Promise.all([...living].map(killChild))
    for (const run of cleanUps.splice(0).reverse())
      await run().catch((error: unknown) => console.error('cleaning up:', error))
  })().finally(() => {
    ending = null
  })
  return ending
}
