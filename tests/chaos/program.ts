import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { waitUntil } from '../../packages/test-kit/src/wait-until.ts'
import { isLiving, startChild } from './children.ts'

const PROGRAM = fileURLToPath(new URL('../../apps/server/bin/siar.mjs', import.meta.url))

/** The real program as a process. */
export interface Program {
  readonly child: ChildProcess
  isLiving(): boolean
}

export interface ProgramOptions {
  readonly role: 'start' | 'worker'
  readonly environment: Readonly<Record<string, string>>
  readonly logFile: string | null
}

/** Starts `siar`; it may not be ready yet. */
export function startProgram({ role, environment, logFile }: ProgramOptions): Program {
  const env = { PORT: '0', SIAR_DEMO: 'off', LOG_LEVEL: 'warn', ...environment }
  const child = startChild(PROGRAM, { args: [role], env, logFile })
  return { child, isLiving: () => isLiving(child) }
}

/** Waits for something a program does. @throws Error when it ends before. */
export async function untilProgram<T>(
  program: Program,
  ask: () => T | Promise<T>,
  what: string,
): Promise<void> {
  const done = await waitUntil(
    async () => {
      if (!program.isLiving()) return 'ended'
      return (await ask()) ? 'done' : null
    },
    { timeoutMs: 180_000, everyMs: 50, what },
  )
  if (done === 'ended') throw new Error(`Siar ended while it was waited for ${what}`)
}
