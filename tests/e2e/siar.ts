import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { removeCluster } from '@siar/database'
import { waitUntil } from '@siar/test-kit'
import { COMPILE_CACHE } from '../compile-cache.ts'

const PROGRAM = fileURLToPath(new URL('../../apps/server/bin/siar.mjs', import.meta.url))
const READY_WITHIN_MS = 180_000
const SET_UP_LINK = /https?:\/\/\S+\/set-up\?token=\S+/

/** A journey signs in and clicks far more often in a minute than a person; limits have tests of their own. */
const ROOMY_LIMITS = {
  RATE_LIMIT_PER_MINUTE: '100000',
  RATE_LIMIT_SIGN_IN_PER_MINUTE: '10000',
  RATE_LIMIT_WEBHOOKS_PER_MINUTE: '100000',
}

export type Environment = Readonly<Record<string, string>>

/** What a finished run of `siar` left behind. */
export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** The real program on a data folder of its own. */
export interface Siar {
  readonly url: string
  readonly dataDir: string
  /** The link that makes the first admin, as the terminal shows it a moment after the start. */
  setUpLink(): Promise<string>
  /** Everything the present process has printed. */
  printed(): string
  /** Ends it as Ctrl-C does. @returns the exit code. */
  stop(): Promise<number | null>
  /** Ends it as a power cut does: SIGKILL. */
  kill(): Promise<void>
  /** Starts it again on the same folder and port; resolves when it answers. */
  start(): Promise<void>
  /** Stops it and removes its database and folder. */
  remove(): Promise<void>
}

/** A new empty folder under the system's temporary folder. */
export function newFolder(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), 'siar-e2e-'))
}

/** Removes a data folder and the embedded database that belongs to it, which may lie elsewhere. */
export async function removeData(dataDir: string): Promise<void> {
  await removeCluster(dataDir)
  await rm(dataDir, { recursive: true, force: true })
}

/**
 * Runs `siar` with these arguments until it ends by itself.
 *
 * @param environment Replaces variables of the test's own environment.
 */
export async function runSiar(
  args: readonly string[],
  cwd: string,
  environment: Environment,
): Promise<Finished> {
  const child = spawnSiar(args, cwd, environment)
  let stdout = ''
  let stderr = ''
  child.stdout?.on('data', (text: string) => (stdout += text))
  child.stderr?.on('data', (text: string) => (stderr += text))
  const code = await ended(child)
  return { code, stdout, stderr }
}

/** Starts `siar start` on a fresh data folder; resolves when it answers. The caller removes it. */
export async function startSiar(environment: Environment = {}): Promise<Siar> {
  const dataDir = await newFolder()
  const port = await freePort()
  const url = `http://localhost:${port}`
  let child: ChildProcess | null = null
  let printed = ''
  const start = async (): Promise<void> => {
    printed = ''
    const settings = { ...ROOMY_LIMITS, ...environment, SIAR_DATA_DIR: dataDir, PORT: String(port) }
    const started = spawnSiar(['start'], dataDir, settings)
    child = started
    for (const stream of [started.stdout, started.stderr])
      stream?.on('data', (text: string) => (printed += text))
    await untilReady(started, () => printed)
  }
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> => {
    const running = child
    child = null
    if (!running) return null
    running.kill(signal)
    return ended(running)
  }
  const remove = async (): Promise<void> => {
    await end('SIGTERM')
    await removeData(dataDir)
  }
  try {
    await start()
  } catch (error) {
    await remove().catch(() => undefined)
    throw error
  }
  return {
    url,
    dataDir,
    setUpLink: () =>
      waitUntil(() => SET_UP_LINK.exec(printed)?.[0], { timeoutMs: 15_000, what: 'the set-up link' }),
    printed: () => printed,
    stop: () => end('SIGTERM'),
    kill: async () => void (await end('SIGKILL')),
    start,
    remove,
  }
}

/** A port nobody listens on; known before the start, because sign-in links and cookies carry it. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

function spawnSiar(args: readonly string[], cwd: string, environment: Environment): ChildProcess {
  const { DATABASE_URL: _external, REDIS_URL: _redis, ...inherited } = process.env
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd,
    env: { ...inherited, NODE_ENV: 'development', NODE_COMPILE_CACHE: COMPILE_CACHE, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout.setEncoding('utf8')
  child.stderr.setEncoding('utf8')
  return child
}

function untilReady(child: ChildProcess, printed: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void =>
      reject(new Error(`Siar ${why}. It printed:\n${printed().slice(-4000)}`))
    const timer = setTimeout(() => fail(`was not ready within ${READY_WITHIN_MS} ms`), READY_WITHIN_MS)
    const look = (): void => {
      if (!printed().includes('Siar is ready on')) return
      clearTimeout(timer)
      resolve()
    }
    child.stdout?.on('data', look)
    child.once('exit', (code) => {
      clearTimeout(timer)
      fail(`ended with code ${code}`)
    })
  })
}

function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode)
  return new Promise((resolve) => child.once('close', resolve))
}
