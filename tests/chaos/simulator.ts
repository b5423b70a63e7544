import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs'
import path from 'node:path'
import { readFrames } from '@siar/simulator'
import type { Frame } from '@siar/simulator'
import { here, startChild, untilMessage } from './children.ts'
import type { SessionLine } from './network.ts'

/** The simulated network in its own process, and what it remembers. */
export interface ChaosSimulator {
  /** One address for each door. */
  readonly urls: readonly string[]
  frames(): Frame[]
  readonly sessions: () => readonly SessionLine[]
}

/** @param doors How many processes are told apart. */
export async function startSimulator(folder: string, doors = 1): Promise<ChaosSimulator> {
  const framesFile = path.join(folder, 'frames.jsonl')
  const sessionsFile = path.join(folder, 'sessions.jsonl')
  const child = startChild(here('network-process.ts'), { args: [framesFile, sessionsFile, String(doors)] })
  const { urls } = await untilMessage<{ kind: 'listening'; urls: string[] }>(child, 'listening')
  return {
    urls,
    frames: () => (existsSync(framesFile) ? readFrames(framesFile) : []),
    sessions: followLines(sessionsFile),
  }
}

/** Reads a file that grows, each line once. */
function followLines(file: string): () => SessionLine[] {
  const lines: SessionLine[] = []
  let readTo = 0
  return () => {
    if (!existsSync(file)) return lines
    const handle = openSync(file, 'r')
    const bytes = Buffer.alloc(Math.max(0, fstatSync(handle).size - readTo))
    const length = readSync(handle, bytes, 0, bytes.length, readTo)
    closeSync(handle)
    const end = bytes.subarray(0, length).lastIndexOf(0x0a) + 1
    readTo += end
    for (const line of bytes.toString('utf8', 0, end).split('\n'))
      if (line !== '') lines.push(JSON.parse(line) as SessionLine)
    return lines
  }
}
