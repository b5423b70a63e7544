import fc from 'fast-check'
import { expect, test } from 'vitest'
import { guardCell, unguardCell } from './spreadsheet-cell.ts'

test.each(['=1+1', '+CMD()', '-2+3', '@SUM(A1)', '\tx', '\rx', '＝1', '+62 812=1', '-', '+62812|x'])(
  '%j can be no formula any more',
  (text) => expect(guardCell(text)).toBe(`'${text}`),
)

test.each(['+6281234567890', '-5', '1.5', '-0.25', '+62811 ::: +62812', 'Ani', "D'Angelo", "'twas", ''])(
  '%j is left as it is',
  (text) => {
    expect(guardCell(text)).toBe(text)
    expect(unguardCell(text)).toBe(text)
  },
)

test('whatever is guarded comes back the same', () => {
  const nasty = fc
    .tuple(fc.constantFrom('', "'", "''", '=', '+', '-', '@', '\t', "'="), fc.string())
    .map(([start, rest]) => start + rest)
  fc.assert(fc.property(nasty, (text) => unguardCell(guardCell(text)) === text))
})
