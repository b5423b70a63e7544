import { expect, test } from 'vitest'
import { decodeCursor, encodeCursor, toPage } from './list-cursor.ts'
import type { CursorKind } from './list-cursor.ts'

const kinds = ['instant', 'text'] as const

test.each([
  '2026-11-20 03:00:00.123456+00',
  '2026-11-20 03:00:00+00',
  '2026-11-20 10:00:00.1+07:30',
  '2026-11-20T03:00:00.000Z',
])('reads back the instant %s as it was written', (at) => {
  expect(decodeCursor(encodeCursor([at, 'con_1']), kinds)).toEqual([at, 'con_1'])
})

test.each<[string, readonly CursorKind[], readonly unknown[]]>([
  ['too few keys', ['text', 'text'], ['x']],
  ['too many keys', ['text'], ['x', 'y']],
  ['a number for a text', ['text'], [1]],
  ['a day that is none', kinds, ['2026-02-30 00:00:00+00', 'x']],
  ['a year beyond the calendar', kinds, ['-271821-04-20T00:00:00.000Z', 'x']],
  ['the year zero', kinds, ['0000-01-01 00:00:00+00', 'x']],
  ['no instant', kinds, ['infinity', 'x']],
  ['milliseconds beyond every date', ['milliseconds'], ['9'.repeat(15)]],
  ['a negative count', ['count'], ['-1']],
  ['half a character', ['text'], ['\ud800']],
  ['NUL', ['text'], ['a\0']],
])('refuses a cursor with %s', (_what, expected, keys) => {
  const forged = Buffer.from(JSON.stringify(keys)).toString('base64url')
  expect(() => decodeCursor(forged, expected)).toThrow('validation_failed')
})

test('cuts a page and points behind its last row only when there are more', () => {
  const rows = [1, 2, 3]
  const keysOf = (row: number) => [String(row)]
  expect(toPage(rows, 3, keysOf)).toEqual({ rows, nextCursor: null })
  const { nextCursor } = toPage(rows, 2, keysOf)
  expect(decodeCursor(nextCursor ?? '', ['count'])).toEqual(['2'])
})
