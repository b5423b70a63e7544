import type { TakeCursor, Work } from './take.repo.ts'
import type { TakeResult } from './taker.ts'

const refreshMsMin = 60_000

interface RunWork {
  readonly dueAtMs: number
  cursor: TakeCursor | null
}

/** Which runs have somebody for one sender, as a lane last heard, and whose turn it is. */
export class LaneWork {
  #byRun = new Map<string, RunWork>()
  #heardAtMs = -Infinity
  #stale = true
  #turn = 0
  readonly #refreshMs: number

  /** @param spread A number in [0, 1), another one for each lane, so that they do not all ask in the same moment. */
  constructor(spread = 0) {
    this.#refreshMs = refreshMsMin * (1 + spread)
  }

  /** Something changed: ask the database before the next turn. */
  markStale(): void {
    this.#stale = true
  }

  needsRefresh(nowAtMs: number): boolean {
    return this.#stale || nowAtMs - this.#heardAtMs >= this.#refreshMs || this.dueRuns(nowAtMs).length === 0
  }

  /** Takes a new list; cursors start again, so that whoever was queued before them is seen. */
  hear(work: readonly Work[], nowAtMs: number): void {
    this.#byRun = new Map(work.map(({ runId, dueAt }) => [runId, { dueAtMs: dueAt.getTime(), cursor: null }]))
    this.#heardAtMs = nowAtMs
    this.#stale = false
  }

  /** Runs with somebody due now; each call begins where the last take ended, so that runs share a sender evenly. */
  dueRuns(nowAtMs: number): string[] {
    const due = [...this.#byRun].filter(([, run]) => run.dueAtMs <= nowAtMs).map(([runId]) => runId)
    const start = due.length === 0 ? 0 : this.#turn % due.length
    return [...due.slice(start), ...due.slice(0, start)]
  }

  cursorOf(runId: string): TakeCursor | null {
    return this.#byRun.get(runId)?.cursor ?? null
  }

  /** When the next recipient is due; null when nobody waits. */
  nextDueAtMs(): number | null {
    return this.#byRun.size === 0 ? null : Math.min(...[...this.#byRun.values()].map((run) => run.dueAtMs))
  }

  /** Notes what a take found: a run that gave less than asked has no more that are due now. */
  tell(result: TakeResult): void {
    const served = [...result.seenByRun.values()].filter(({ doneUpTo }) => doneUpTo !== null)
    this.#turn += Math.max(1, served.length)
    for (const [runId, asked] of result.askedByRun) {
      const run = this.#byRun.get(runId)
      if (!run) continue
      const seen = result.seenByRun.get(runId)
      if ((seen?.count ?? 0) < asked) this.#byRun.delete(runId)
      else run.cursor = seen?.doneUpTo ?? run.cursor
    }
    if (this.#byRun.size === 0) this.#stale = true
  }
}
