import type { WorkspaceId } from '@siar/domain'
import type { Logger } from 'pino'
import { setTimeout as wait } from 'node:timers/promises'
import type { Click } from './clicks.repo.ts'

export type WriteClicks = (workspaceId: WorkspaceId, clicks: readonly Click[]) => Promise<void>

const gatherMs = 250
const retryMs = 2_000
const clicksPerWrite = 1_000
const waitingMax = 100_000
const closeTriesMax = 5
const closePauseMs = 500

/**
 * Writes clicks after the visitor was answered, as many as have gathered.
 *
 * What could not be written is tried again; a click that was written in a transaction whose end got lost is not written
 * twice, because it keeps its id. A process that is killed loses what came in the last quarter of a second; one that is
 * stopped loses nothing as long as the database can be reached.
 */
export class ClickRecorder {
  readonly #write: WriteClicks
  readonly #logger: Logger
  #waiting: Click[] = []
  #timer: NodeJS.Timeout | null = null
  #writing: Promise<void> = Promise.resolve()
  #isClosed = false

  constructor(logger: Logger, write: WriteClicks) {
    this.#logger = logger
    this.#write = write
  }

  /** Never waits and never fails; beyond a hundred thousand that cannot be written the newest are dropped and told. */
  add(click: Click): void {
    if (this.#waiting.length >= waitingMax) {
      this.#logger.error({ waiting: waitingMax }, 'a click was dropped: too many wait for the database')
      return
    }
    this.#waiting.push(click)
    if (this.#waiting.length >= clicksPerWrite) void this.flush()
    else this.#wakeIn(gatherMs)
  }

  /** Resolves when everything added so far was written or has failed once more. */
  flush(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#writeWaiting())
    return this.#writing
  }

  /** Writes what is left, with some patience. Clicks that are added later are still written. */
  async close(): Promise<void> {
    this.#isClosed = true
    for (let tries = 1; tries <= closeTriesMax; tries += 1) {
      await this.flush()
      if (this.#waiting.length === 0) break
      await wait(closePauseMs)
    }
    if (this.#timer) clearTimeout(this.#timer)
    if (this.#waiting.length > 0) {
      this.#logger.error({ clicks: this.#waiting.length }, 'clicks could not be written before the end')
    }
  }

  #wakeIn(delayMs: number): void {
    if (this.#timer) return
    this.#timer = setTimeout(() => void this.flush(), this.#isClosed ? 0 : delayMs)
    this.#timer.unref()
  }

  async #writeWaiting(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    const batch = this.#waiting.splice(0)
    const failed: Click[] = []
    for (const [workspaceId, clicks] of Map.groupBy(batch, (click) => click.workspaceId)) {
      for (let from = 0; from < clicks.length; from += clicksPerWrite) {
        const part = clicks.slice(from, from + clicksPerWrite)
        await this.#write(workspaceId, part).catch((error: unknown) => {
          this.#logger.warn(
            { err: error, workspaceId, clicks: part.length },
            'clicks could not be written yet',
          )
          failed.push(...part)
        })
      }
    }
    if (failed.length === 0) return
    this.#waiting = failed.concat(this.#waiting)
    this.#wakeIn(retryMs)
  }
}
