import { Worker } from 'node:worker_threads'
import { Rpc } from './rpc.ts'
import type { RpcHandler } from './rpc.ts'
import { backoffMs } from './backoff.ts'
import type { RunSettings } from './worker/session-settings.ts'

/** What the pool asks of a session it hosts. */
export interface HostedSession {
  readonly key: string
  readonly senderId: string
  /** A thread is there: the session may be opened in it. Called anew after the thread broke. */
  opened(rpc: Rpc): void
  /** The thread is gone; another one comes. */
  lost(): void
  /** The thread asks or tells something. */
  take(method: string, args: unknown[]): unknown
}

export interface PoolLimits {
  readonly workersMax: number
  /** Sessions a thread takes before another one is started. */
  readonly sessionsPerWorker: number
}

const entry = new URL('./worker/worker-main.ts', import.meta.url)
const restart = { delayMsMin: 500, delayMsMax: 60_000 }
/** A thread that lived so long counts as a new beginning. */
const steadyMs = 60_000

/**
 * One thread with its sessions. It is started again when it breaks, and its sessions are opened anew in it. What it prints
 * goes nowhere: libsignal prints whole sessions with their private keys.
 */
class HostThread {
  readonly sessions = new Map<string, HostedSession>()
  private readonly settings: RunSettings
  private worker: Worker | null = null
  private rpc: Rpc | null = null
  private timer: NodeJS.Timeout | null = null
  private tries = 0
  private sinceMs = 0
  private isOver = false
  faults = 0

  constructor(settings: RunSettings) {
    this.settings = settings
    this.start()
  }

  add(session: HostedSession): void {
    this.sessions.set(session.key, session)
    if (this.rpc) session.opened(this.rpc)
  }

  async close(): Promise<void> {
    this.isOver = true
    if (this.timer) clearTimeout(this.timer)
    this.rpc?.end()
    await this.worker?.terminate()
  }

  /** For tests: the thread ends as if a fault had ended it. */
  async crash(): Promise<void> {
    await this.worker?.terminate()
  }

  private start(): void {
    this.timer = null
    this.sinceMs = performance.now()
    const worker = new Worker(entry, { workerData: this.settings, stdout: true, stderr: true })
    for (const printed of [worker.stdout, worker.stderr]) printed.resume()
    const handler: RpcHandler = (key, method, args) => {
      if (method === 'fault') return void (this.faults += 1)
      return this.sessions.get(key)?.take(method, args)
    }
    const rpc = new Rpc(worker, handler)
    this.worker = worker
    this.rpc = rpc
    worker.on('error', () => undefined)
    worker.once('exit', () => this.broke(rpc))
    for (const session of this.sessions.values()) session.opened(rpc)
  }

  private broke(rpc: Rpc): void {
    rpc.end()
    this.rpc = null
    if (this.isOver) return
    for (const session of this.sessions.values()) session.lost()
    this.tries = performance.now() - this.sinceMs > steadyMs ? 1 : this.tries + 1
    this.timer = setTimeout(() => this.start(), backoffMs(this.tries, Math.random(), restart))
  }
}

/** A few threads for all sessions of a process, so that a fault ends few of them and never the process. */
export class WorkerPool {
  private readonly threads: HostThread[] = []
  private readonly settings: RunSettings
  private readonly limits: PoolLimits

  constructor(settings: RunSettings, limits: PoolLimits) {
    this.settings = settings
    this.limits = limits
  }

  add(session: HostedSession): void {
    this.threadForNext().add(session)
  }

  remove(session: HostedSession): void {
    for (const { sessions } of this.threads) {
      if (sessions.get(session.key) === session) sessions.delete(session.key)
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.close()))
  }

  /** For tests: the thread of a session breaks. */
  async breakThreadOf(senderId: string): Promise<void> {
    await this.threads
      .find(({ sessions }) => [...sessions.values()].some((session) => session.senderId === senderId))
      ?.crash()
  }

  private threadForNext(): HostThread {
    const [emptiest] = [...this.threads].sort((left, right) => left.sessions.size - right.sessions.size)
    const { workersMax, sessionsPerWorker } = this.limits
    const isFull = !emptiest || emptiest.sessions.size >= sessionsPerWorker
    if (emptiest && (!isFull || this.threads.length >= workersMax)) return emptiest
    const thread = new HostThread(this.settings)
    this.threads.push(thread)
    return thread
  }
}
