import { errorTable } from './error-table.ts'

export type ErrorCode = keyof typeof errorTable

export const errorCodes = Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]]

/** One problem of one input field; `path` as in the request body (`fields.phone`, `variants.0.text`). */
export type FieldProblem = { readonly path: string; readonly message: string; readonly code?: string }

/**
 * What the client may be told besides the code: JSON-safe, no secrets, no phone numbers, no message bodies.
 * `problems` for `validation_failed`; `retryAfterSeconds` for `rate_limited`; anything else is named by the code's user.
 */
export type ErrorDetails = Readonly<Record<string, unknown>> & {
  readonly problems?: readonly FieldProblem[]
  readonly retryAfterSeconds?: number
}

/**
 * A use case that cannot be done. One mapper turns it into `application/problem+json`; nothing else reads the table.
 *
 * `message` is `code`, with `details.reason` when that is a text: for the log, never for the screen.
 */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: ErrorOptions) {
    const reason = details.reason
    super(typeof reason === 'string' ? `${code}: ${reason}` : code, options)
    this.name = 'AppError'
    this.code = code
    this.details = details
  }
}

/** Tells by shape, so that it also holds across two copies of this package. */
export function isAppError(value: unknown): value is AppError {
  return value instanceof Error && value.name === 'AppError' && 'code' in value && isErrorCode(value.code)
}

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorTable, value)
}
