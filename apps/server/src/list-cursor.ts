import { AppError } from '@siar/domain'
import { DateTime } from 'luxon'

/** Sort keys of the last row of a page, as the database wrote them. */
export type CursorKeys = readonly string[]

export function encodeCursor(keys: CursorKeys): string {
  return Buffer.from(JSON.stringify(keys)).toString('base64url')
}

/** What a sort key must look like, so that a forged cursor never reaches a statement. */
export type CursorKind = keyof typeof fits

const fits = {
  text: (_key: string) => true,
  /** As the database or JSON writes an instant, from the year 1 to 9999. */
  instant: (key: string) =>
    /^(?!0000)\d{4}-\d\d-\d\d[ T]/.test(key) && DateTime.fromISO(key.replace(' ', 'T')).isValid,
  milliseconds: (key: string) => /^\d{1,14}$/.test(key),
  count: (key: string) => /^\d{1,9}$/.test(key),
} as const

/**
 * Reads a cursor that a client sent back.
 *
 * @param kinds The sort keys of this list, in order.
 * @throws AppError `validation_failed` for anything this server did not make for such a list.
 */
export function decodeCursor(cursor: string | undefined, kinds: readonly CursorKind[]): CursorKeys | null {
  if (cursor === undefined) return null
  const keys = parseKeys(cursor)
  if (keys?.length === kinds.length && kinds.every((kind, index) => fits[kind](keys[index] ?? '')))
    return keys
  throw new AppError('validation_failed', {
    problems: [{ path: 'cursor', message: 'is not a cursor of this list' }],
  })
}

function parseKeys(cursor: string): CursorKeys | null {
  try {
    const keys: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(keys) && keys.every(isStorableText) ? keys : null
  } catch {
    return null
  }
}

function isStorableText(key: unknown): key is string {
  return typeof key === 'string' && !key.includes('\0') && key.isWellFormed()
}

/** Cuts `limit + 1` fetched rows to a page and makes the cursor of the next one. */
export function toPage<Row>(rows: readonly Row[], limit: number, keysOf: (row: Row) => CursorKeys) {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const nextCursor = rows.length > limit && last !== undefined ? encodeCursor(keysOf(last)) : null
  return { rows: page, nextCursor }
}
