import type { AppError } from '@siar/domain'
import { errorTable, isAppError } from '@siar/domain'
import { CommanderError } from 'commander'
import { createProgram } from './cli/program.ts'
import { UsageError } from './cli/usage-error.ts'
import { ConfigError } from './config.ts'

/**
 * The command `siar`. Sets the exit code and never throws: what goes wrong is told in plain words on standard error.
 *
 * @param argv As `process.argv`.
 */
export async function main(argv: readonly string[]): Promise<void> {
  try {
    await createProgram().parseAsync([...argv])
  } catch (error) {
    process.exitCode = exitCodeOf(error)
    if (error instanceof CommanderError) return
    process.stderr.write(`${explain(error)}\n`)
  }
}

/** 2: the caller can mend it (arguments, files, settings); 1: anything else. Commander throws help and version too. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof UsageError || error instanceof ConfigError) return 2
  return isAppError(error) && errorTable[error.code].status < 500 ? 2 : 1
}

function explain(error: unknown): string {
  if (isAppError(error)) return `${errorTable[error.code].en} (${error.message}) ${problemsOf(error)}`.trim()
  return error instanceof Error ? error.message : String(error)
}

function problemsOf(error: AppError): string {
  return (error.details.problems ?? []).map(({ path, message }) => `\n  ${path}: ${message}`).join('')
}
