import { existsSync } from 'node:fs'
import path from 'node:path'
import { readFrames } from '@siar/simulator'
import type { Frame } from '@siar/simulator'

/** What the simulated network itself saw of some senders: the judge of every journey that sends. */
export function framesOf(dataDir: string, senderIds: readonly string[]): Frame[] {
  const file = path.join(dataDir, 'simulator-frames.jsonl')
  return existsSync(file) ? readFrames(file).filter(({ senderId }) => senderIds.includes(senderId)) : []
}

/** Numbers that saw a message more than once; each of them is a broken promise. */
export function shownTwice(frames: readonly Frame[]): string[] {
  const seen = new Set<string>()
  return frames.flatMap(({ to, shown }) => {
    if (!shown) return []
    if (seen.has(to)) return [to]
    seen.add(to)
    return []
  })
}

/** Numbers that saw at least one message. */
export function reached(frames: readonly Frame[]): Set<string> {
  return new Set(frames.flatMap(({ to, shown }) => (shown ? [to] : [])))
}
