import type { HttpHeaders } from './http-call.ts'
import { asInteger, asRecord, asText } from './json.ts'

/** What Meta answered instead of doing it. Decisions rest on these, never on `message`. */
export interface GraphError {
  readonly httpStatus: number
  /** null when the answer was none of Graph API's own. */
  readonly code: number | null
  readonly subcode: number | null
  /** `error_data.details`, which may quote what was sent: never logged. */
  readonly details: string | null
  /** Meta's own sentence for the person who asked; never logged. */
  readonly sentence: string | null
  readonly retryAfterMs: number | null
}

function header(headers: HttpHeaders, name: string): string | null {
  const value = headers[name]
  return (Array.isArray(value) ? value[0] : value) ?? null
}

/** Reads `Retry-After` (seconds or a date) and the usage header of business calls; ms, at most an hour. */
export function readRetryAfter(headers: HttpHeaders, nowMs: number): number | null {
  const given = header(headers, 'retry-after')
  const seconds = asInteger(given)
  const dateMs = given === null ? NaN : Date.parse(given)
  const waitMs = seconds !== null ? seconds * 1_000 : dateMs - nowMs
  const longest = Math.max(Number.isFinite(waitMs) ? waitMs : 0, readUsageWait(headers))
  return longest > 0 ? Math.min(longest, 3_600_000) : null
}

function readUsageWait(headers: HttpHeaders): number {
  const usage = header(headers, 'x-business-use-case-usage')
  if (usage === null) return 0
  const minutes = [...usage.matchAll(/"estimated_time_to_regain_access"\s*:\s*(\d{1,6})/g)].map((match) =>
    Number(match[1]),
  )
  return Math.max(0, ...minutes) * 60_000
}

export function readGraphError(
  httpStatus: number,
  headers: HttpHeaders,
  body: unknown,
  nowMs: number,
): GraphError {
  const error = asRecord(asRecord(body)['error'])
  const details = asText(asRecord(error['error_data'])['details'])
  return {
    httpStatus,
    code: asInteger(error['code']),
    subcode: asInteger(error['error_subcode']),
    details,
    sentence: asText(error['error_user_msg']) ?? details ?? asText(error['message']),
    retryAfterMs: readRetryAfter(headers, nowMs),
  }
}
