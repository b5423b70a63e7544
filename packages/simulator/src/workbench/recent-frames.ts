import type { Frame, FrameRecord } from '../frame-record.ts'

/** The newest frames, newest first, whatever becomes of the record. */
export interface RecentFrames {
  list(fits: (frame: Frame) => boolean, limit: number): Frame[]
}

const recentMax = 2_000

/** Keeps the newest frames of a record that go by from now on, and no more, so that memory does not grow with them. */
export function createRecentFrames(record: FrameRecord): RecentFrames {
  let frames: Frame[] = []
  record.watch((frame) => {
    frames.push(frame)
    if (frames.length > recentMax * 2) frames = frames.slice(-recentMax)
  })
  return {
    list: (fits, limit) => {
      const found: Frame[] = []
      for (let index = frames.length - 1; index >= 0 && found.length < limit; index -= 1) {
        const frame = frames[index]
        if (frame && fits(frame)) found.push(frame)
      }
      return found
    },
  }
}
