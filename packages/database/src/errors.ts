/** What PostgreSQL told about a failed statement; only the parts that never hold data of people. */
export interface DatabaseFault {
  /** SQLSTATE, five characters, such as `23505`. */
  code: string
  constraint?: string
  table?: string
}

const sqlStatePattern = /^[0-9A-Z]{5}$/
const retryableCodes: ReadonlySet<string> = new Set(['40001', '40P01'])
const connectionNodeCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
])

/**
 * Finds the PostgreSQL fault inside an error, also when drizzle or others wrapped it (`cause`).
 *
 * @returns null when the error did not come from a PostgreSQL statement.
 */
export function findFault(error: unknown): DatabaseFault | null {
  for (
    let current = error, depth = 0;
    current instanceof Error && depth < 8;
    current = current.cause, depth++
  ) {
    const { code, constraint, table } = current as Partial<Record<'code' | 'constraint' | 'table', unknown>>
    if (typeof code !== 'string' || !sqlStatePattern.test(code)) continue
    return {
      code,
      ...(typeof constraint === 'string' ? { constraint } : {}),
      ...(typeof table === 'string' ? { table } : {}),
    }
  }
  return null
}

/** Whether a unique key (of this constraint name, when given) refused the row: SQLSTATE 23505. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const fault = findFault(error)
  return fault?.code === '23505' && (constraint === undefined || fault.constraint === constraint)
}

/** Whether the statement took longer than its limit allows: SQLSTATE 57014. */
export function isOutOfTime(error: unknown): boolean {
  return findFault(error)?.code === '57014'
}

/** Whether running the same transaction again may succeed: serialization failure 40001 or deadlock 40P01. */
export function isRetryable(error: unknown): boolean {
  return retryableCodes.has(findFault(error)?.code ?? '')
}

/** Whether a statement got no answer in time: its connection is gone without a word. */
export function isUnanswered(error: unknown): boolean {
  return error instanceof Error && error.message === 'Query read timeout'
}

/**
 * Whether the statement failed because the server or the way to it was gone: SQLSTATE class 08, 57P01..57P03, a
 * socket error, or no answer in time. What the statement was to change may or may not have happened.
 */
export function isConnectionLost(error: unknown): boolean {
  const code = findFault(error)?.code ?? ''
  if (code.startsWith('08') || ['57P01', '57P02', '57P03'].includes(code)) return true
  for (
    let current = error, depth = 0;
    current instanceof Error && depth < 8;
    current = current.cause, depth++
  ) {
    if (connectionNodeCodes.has((current as NodeJS.ErrnoException).code ?? '')) return true
    if (isUnanswered(current)) return true
    if (/^Connection terminated|^Client has encountered a connection error/.test(current.message)) return true
    if (/timeout exceeded when trying to connect/.test(current.message)) return true
  }
  return false
}

/** SQLSTATE classes of a server that is busy, full, restarting or gone: the same work may succeed later. */
const passingClasses: ReadonlySet<string> = new Set(['08', '25', '40', '53', '55', '57'])

/** Whether the trouble lies with the database at this moment, not with what it was asked. */
export function isPassing(error: unknown): boolean {
  return isConnectionLost(error) || passingClasses.has(findFault(error)?.code.slice(0, 2) ?? '')
}
