import type { Schedule } from '@siar/channel'

export interface TimerWheel {
  /** Runs `task` not before `delayMs` from now. Millions may wait: they share timers. */
  add(delayMs: number, task: () => void): void
  /** Drops everything that waits. */
  close(): void
}

/** Tasks near in time share one bucket, so that a timer costs the same for one message and for a thousand. */
function grainOf(delayMs: number): number {
  if (delayMs < 1_000) return 5
  return delayMs < 60_000 ? 50 : 1_000
}

/** The instants of the buckets, smallest first: a binary heap. */
class Instants {
  private readonly heap: number[] = []

  first(): number | undefined {
    return this.heap[0]
  }

  push(value: number): void {
    const { heap } = this
    let index = heap.push(value) - 1
    while (index > 0) {
      const parent = (index - 1) >> 1
      if ((heap[parent] ?? 0) <= value) break
      heap[index] = heap[parent] ?? 0
      index = parent
    }
    heap[index] = value
  }

  shift(): void {
    const { heap } = this
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return
    let index = 0
    for (;;) {
      let child = index * 2 + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && (heap[child + 1] ?? 0) < (heap[child] ?? 0)) child += 1
      if ((heap[child] ?? 0) >= last) break
      heap[index] = heap[child] ?? 0
      index = child
    }
    heap[index] = last
  }
}

/**
 * Many timers on one.
 *
 * @param nowMs A clock that only moves forward, in ms.
 */
export function createTimerWheel(nowMs: () => number, schedule: Schedule): TimerWheel {
  const buckets = new Map<number, (() => void)[]>()
  const instants = new Instants()
  let armedAtMs = Infinity
  let cancel: () => void = () => undefined

  const arm = (): void => {
    const first = instants.first()
    if (first === undefined || first >= armedAtMs) return
    cancel()
    armedAtMs = first
    cancel = schedule(turn, Math.max(0, first - nowMs()))
  }
  const turn = (): void => {
    armedAtMs = Infinity
    for (let first = instants.first(); first !== undefined && first <= nowMs(); first = instants.first()) {
      instants.shift()
      const tasks = buckets.get(first) ?? []
      buckets.delete(first)
      for (const task of tasks) task()
    }
    arm()
  }
  return {
    add: (delayMs, task) => {
      const grain = grainOf(delayMs)
      const dueAtMs = Math.ceil((nowMs() + delayMs) / grain) * grain
      const bucket = buckets.get(dueAtMs)
      if (bucket) {
        bucket.push(task)
        return
      }
      buckets.set(dueAtMs, [task])
      instants.push(dueAtMs)
      arm()
    },
    close: () => {
      cancel()
      buckets.clear()
      while (instants.first() !== undefined) instants.shift()
    },
  }
}
