/** One message as it reached the network; `shown` tells whether the person saw it by this frame. */
export interface Frame {
  /** ISO 8601, UTC. */
  readonly at: string
  readonly senderId: string
  readonly messageId: string
  readonly to: string
  readonly shown: boolean
}

export interface FrameQuery {
  readonly senderId?: string
  readonly messageId?: string
  /** The newest so many; all unless told. */
  readonly limit?: number
}

/** Append-only memory of every frame the network got: the proof that a message was sent once. */
export interface FrameRecord {
  append(frame: Frame): void
  /** Tells of every frame from now on, for as long as the record lives. */
  watch(onFrame: (frame: Frame) => void): void
  counts(): { readonly frames: number; readonly shown: number }
  /** In the order of arrival. Empty where only counts are kept. */
  list(query?: FrameQuery): Frame[]
  /** Others may write to the same place, now or after a new start. */
  readonly isShared: boolean
  /**
   * Frames that others have put into the same place since the last call: an earlier process, or another one now. The
   * first call gives what was there before, the newest of it where it is much. Nothing where a record is not shared.
   */
  news(): Frame[]
  /** When somebody last wrote here or showed to be alive, before this record was opened; null in a new one. */
  readonly livedUntilMs: number | null
  /** Shows that the network of this record lives. */
  beat(now: Date): void
  /** Resolves when everything appended so far is in the file. */
  flush(): Promise<void>
  close(): Promise<void>
}

function matches(frame: Frame, query: FrameQuery): boolean {
  if (query.senderId !== undefined && frame.senderId !== query.senderId) return false
  return query.messageId === undefined || frame.messageId === query.messageId
}

export function selectFrames(frames: readonly Frame[], query: FrameQuery = {}): Frame[] {
  const found = frames.filter((frame) => matches(frame, query))
  return query.limit === undefined ? found : found.slice(-query.limit)
}

export function countingRecord(
  keep: (frame: Frame) => void,
): Pick<FrameRecord, 'append' | 'watch' | 'counts'> {
  let frames = 0
  let shown = 0
  const watchers: ((frame: Frame) => void)[] = []
  return {
    append: (frame) => {
      frames += 1
      if (frame.shown) shown += 1
      keep(frame)
      for (const onFrame of watchers) onFrame(frame)
    },
    watch: (onFrame) => void watchers.push(onFrame),
    counts: () => ({ frames, shown }),
  }
}

/** Keeps the newest frames in memory; `framesMax: 0` keeps counts alone, for benchmarks. */
export function createMemoryRecord({ framesMax = 100_000 }: { framesMax?: number } = {}): FrameRecord {
  let frames: Frame[] = []
  const keep = (frame: Frame): void => {
    if (framesMax === 0) return
    if (frames.length >= framesMax * 2) frames = frames.slice(-framesMax)
    frames.push(frame)
  }
  return {
    ...countingRecord(keep),
    list: (query) => selectFrames(frames.slice(-framesMax), query),
    isShared: false,
    news: () => [],
    livedUntilMs: null,
    beat: () => undefined,
    flush: async () => undefined,
    close: async () => undefined,
  }
}
