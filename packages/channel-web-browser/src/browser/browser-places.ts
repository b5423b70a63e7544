import { BrowserUnavailable } from './browser-source.ts'

/** A bounded number of places, given in the order they were asked for. */
export interface BrowserPlaces {
  /** @returns the way to give the place back, idempotent. @throws BrowserUnavailable when the signal ended first. */
  take(signal: AbortSignal, onWaiting: () => void): Promise<() => void>
  readonly taken: () => number
  readonly waiting: () => number
}

export function createBrowserPlaces(placesMax: number): BrowserPlaces {
  let taken = 0
  const queue: (() => void)[] = []
  const giveBack = (): (() => void) => {
    let isBack = false
    return () => {
      if (isBack) return
      isBack = true
      taken -= 1
      queue.shift()?.()
    }
  }
  const wait = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const giveUp = (): void => {
        const at = queue.indexOf(proceed)
        if (at >= 0) queue.splice(at, 1)
        reject(new BrowserUnavailable('closed'))
      }
      const proceed = (): void => {
        signal.removeEventListener('abort', giveUp)
        taken += 1
        resolve()
      }
      queue.push(proceed)
      signal.addEventListener('abort', giveUp, { once: true })
    })
  return {
    take: async (signal, onWaiting) => {
      if (signal.aborted) throw new BrowserUnavailable('closed')
      if (taken < placesMax && queue.length === 0) taken += 1
      else {
        onWaiting()
        await wait(signal)
      }
      return giveBack()
    },
    taken: () => taken,
    waiting: () => queue.length,
  }
}
