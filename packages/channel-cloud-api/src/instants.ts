import { asInteger, asText } from './json.ts'

const firstSecond = 1_000_000_000
const lastSecond = 9_999_999_999

/** An instant as Meta writes it: seconds since 1970 as text or number, or ISO 8601; `fallback` for anything else. */
export function readInstant(value: unknown, fallback: Date): Date {
  const seconds = asInteger(value)
  if (seconds !== null) {
    return seconds >= firstSecond && seconds <= lastSecond ? new Date(seconds * 1_000) : fallback
  }
  const parsed = Date.parse(asText(value) ?? '')
  return Number.isNaN(parsed) ? fallback : new Date(parsed)
}
