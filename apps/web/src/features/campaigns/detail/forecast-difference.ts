/** How far what came lies from what was foretold. */
export type CountDifference = { kind: 'same' } | { kind: 'more' | 'fewer'; by: number }

export function countDifference(foretold: number, actual: number): CountDifference {
  if (foretold === actual) return { kind: 'same' }
  return actual > foretold
    ? { kind: 'more', by: actual - foretold }
    : { kind: 'fewer', by: foretold - actual }
}

/** Within a minute counts as the same: a forecast is written to the minute. */
const sameMs = 60_000

export type TimeDifference = { kind: 'same' } | { kind: 'later' | 'sooner'; byMs: number }

/** Null while one of the two is not known. */
export function timeDifference(foretold: string | null, actual: string | null): TimeDifference | null {
  if (foretold === null || actual === null) return null
  const byMs = Date.parse(actual) - Date.parse(foretold)
  if (Math.abs(byMs) < sameMs) return { kind: 'same' }
  return byMs > 0 ? { kind: 'later', byMs } : { kind: 'sooner', byMs: -byMs }
}

/** Where a cost lies against the range that was foretold; all in minor units of one currency. */
export function costDifference(
  { low, high }: { low: number; high: number },
  actual: number,
): 'within' | 'below' | 'above' {
  if (actual < low) return 'below'
  return actual > high ? 'above' : 'within'
}
