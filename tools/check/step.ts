import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import { REPOSITORY } from '../repository.ts'

/** One part of the check: a script of package.json, with what a person calls it. */
export interface Step {
  readonly title: string
  readonly script: string
  readonly args?: readonly string[]
}

/** How a step ended. `output` is everything it printed, both streams in the order they arrived. */
export interface StepResult {
  readonly step: Step
  readonly passed: boolean
  readonly seconds: number
  readonly output: string
}

/** Longest a step may take; one that hangs is a failed one. */
const STEP_MS_MAX = 20 * 60_000

/** Runs one step to its end. Never rejects: a step that cannot start is a failed one. */
export function runStep(step: Step): Promise<StepResult> {
  const startedAtMs = performance.now()
  const { FORCE_COLOR: _, ...inherited } = process.env
  const child = spawn('npm', ['run', '--silent', step.script, '--', ...(step.args ?? [])], {
    cwd: REPOSITORY,
    env: { ...inherited, CI: 'true', NO_COLOR: '1' },
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
  const forget = endWithUs(child)
  return new Promise((resolve) => {
    const finish = (passed: boolean, note = '') => {
      forget()
      const seconds = (performance.now() - startedAtMs) / 1000
      resolve({ step, passed, seconds, output: Buffer.concat(chunks).toString('utf8') + note })
    }
    child.once('error', (error) => finish(false, error.message))
    child.once('close', (code, signal) => finish(code === 0, signal === null ? '' : `\nended by ${signal}`))
  })
}

/** Ends the step's whole process group when it takes too long or when the check itself is interrupted. */
function endWithUs(child: ChildProcess): () => void {
  const end = () => endGroup(child)
  const interrupt = () => {
    end()
    process.exit(130)
  }
  const timer = setTimeout(end, STEP_MS_MAX)
  process.once('SIGINT', interrupt)
  process.once('SIGTERM', interrupt)
  return () => {
    clearTimeout(timer)
    process.off('SIGINT', interrupt)
    process.off('SIGTERM', interrupt)
  }
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGTERM')
  } catch {
    // It ended by itself in the meantime.
  }
}
