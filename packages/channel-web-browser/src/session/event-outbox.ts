import type { InboundEvent, SessionListener } from '@siar/channel'

/** Events on their way to the listener, in order; what it does not take is handed over again. */
export interface EventOutbox {
  push(...events: readonly InboundEvent[]): void
  /** Resolves when everything was taken, or after `patienceMs`. */
  drain(patienceMs: number): Promise<void>
  /** Hands over nothing more. */
  close(): void
}

const batchMax = 500
const retryMs = [50, 200, 1_000, 5_000]
/** Beyond this the oldest notes go first: they are for people who look, not for the record. */
const notesMax = 200

export function createEventOutbox(listener: SessionListener): EventOutbox {
  let waiting: InboundEvent[] = []
  let failures = 0
  let isClosed = false
  let pumping: Promise<void> | null = null
  let wake: () => void = () => undefined

  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, retryMs[Math.min(failures, retryMs.length) - 1] ?? 50)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  const pump = async (): Promise<void> => {
    await Promise.resolve()
    while (waiting.length > 0 && !isClosed) {
      const batch = waiting.slice(0, batchMax)
      try {
        await listener(batch)
        failures = 0
        waiting = waiting.slice(batch.length)
      } catch {
        failures += 1
        await pause()
      }
    }
    pumping = null
  }

  const limitNotes = (): void => {
    const notes = waiting.filter(({ type }) => type === 'note').length
    if (notes <= notesMax || failures === 0) return
    let surplus = notes - notesMax
    waiting = waiting.filter(({ type }) => type !== 'note' || (surplus -= 1) < 0)
  }

  return {
    push: (...events) => {
      if (isClosed) return
      waiting.push(...events)
      limitNotes()
      pumping ??= pump()
    },
    drain: async (patienceMs) => {
      const deadline = performance.now() + patienceMs
      while (pumping !== null && performance.now() < deadline) {
        await Promise.race([pumping, new Promise((resolve) => setTimeout(resolve, 50))])
      }
    },
    close: () => {
      isClosed = true
      wake()
    },
  }
}
