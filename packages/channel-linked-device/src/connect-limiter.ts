export interface ConnectLimits {
  /** Connections begun in a second, over all senders of this process. */
  readonly perSecond: number
}

/** Lets connections begin one after another, so that the start of a process with many senders is no storm. */
export interface ConnectLimiter {
  /** Resolves when it is the caller's turn; false once the limiter is closed. First come, first served. */
  turn(): Promise<boolean>
  close(): void
}

export function createConnectLimiter({ perSecond }: ConnectLimits): ConnectLimiter {
  const gapMs = 1_000 / perSecond
  const waiting: ((granted: boolean) => void)[] = []
  let nextAtMs = 0
  let timer: NodeJS.Timeout | null = null
  let isClosed = false
  const serve = (): void => {
    timer = null
    const nowMs = performance.now()
    while (waiting.length > 0 && nextAtMs <= nowMs) {
      nextAtMs = Math.max(nextAtMs, nowMs - 1_000) + gapMs
      waiting.shift()?.(true)
    }
    if (waiting.length > 0) timer = setTimeout(serve, Math.max(1, nextAtMs - nowMs))
  }
  return {
    turn: () =>
      new Promise((resolve) => {
        if (isClosed) return resolve(false)
        waiting.push(resolve)
        if (timer === null) serve()
      }),
    close: () => {
      isClosed = true
      if (timer) clearTimeout(timer)
      for (const tell of waiting.splice(0)) tell(false)
    },
  }
}
