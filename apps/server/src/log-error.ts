import { isAppError } from '@siar/domain'

/** An error as it may stand in the log. */
export interface LoggedError {
  readonly name: string
  readonly code?: string
  readonly message?: string
  /** Of an error of the database. */
  readonly constraint?: string
  readonly table?: string
  /** Frames only; the first line of a stack repeats the message. */
  readonly stack?: string
  readonly cause?: LoggedError
}

const CAUSES_MAX = 4
const MESSAGE_LENGTH_MAX = 300

/**
 * Cuts an error down to what helps to mend it and holds nothing of people.
 *
 * Messages of the database, of parsers and of the web framework repeat what somebody sent, so their codes stand in for
 * them; other messages lose addresses and long numbers.
 */
export function describeError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { name: typeof error }
  const deeper = error.cause !== undefined && depth < CAUSES_MAX
  return {
    name: error.name,
    ...textsOf(error, ['code', 'constraint', 'table']),
    ...messageOf(error),
    stack: framesOf(error),
    ...(deeper ? { cause: describeError(error.cause, depth + 1) } : {}),
  }
}

function textsOf(error: Error, names: readonly ('code' | 'constraint' | 'table')[]): Partial<LoggedError> {
  const facts = error as unknown as Readonly<Record<string, unknown>>
  return Object.fromEntries(
    names.flatMap((name) => (typeof facts[name] === 'string' ? [[name, facts[name]]] : [])),
  )
}

function messageOf(error: Error): Pick<LoggedError, 'message'> {
  if (!isAppError(error) && repeatsInput(error)) return {}
  const message = error.message
    .slice(0, MESSAGE_LENGTH_MAX)
    .replace(/\S+@\S+/g, '[address]')
    .replace(/\+?\d[\d\s-]{5,}\d/g, '[number]')
  return { message }
}

function repeatsInput(error: Error): boolean {
  if ('code' in error && error.code !== undefined) return true
  return /^(Syntax|Zod|Drizzle|Validation)/.test(error.name) || error.message.startsWith('Failed query')
}

function framesOf(error: Error): string {
  const lines = (error.stack ?? '').split('\n')
  return lines.filter((line) => /^\s+at /.test(line)).join('\n')
}
