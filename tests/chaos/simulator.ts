import { existsSync, readFileSync } from 'node:fs'
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
  sessions(): SessionLine[]
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
    sessions: () => (existsSync(sessionsFile) ? readLines(sessionsFile) : []),
  }
}

function readLines(file: string): SessionLine[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.endsWith('}'))
    .map((line) => JSON.parse(line) as SessionLine)
}
