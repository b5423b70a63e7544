import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RecordSplitter, rowLengthMax } from './record-splitter.ts'

/** Feeds a text in pieces of a size, so that every cut falls somewhere. */
function split(text: string, delimiter: string | null = ',', pieceLength = text.length || 1) {
  const splitter = new RecordSplitter(delimiter)
  const records = []
  for (let at = 0; at < text.length; at += pieceLength) {
    records.push(...splitter.push(text.slice(at, at + pieceLength)))
  }
  return [...records, ...splitter.end()]
}
const cellsOf = (...args: Parameters<typeof split>) => split(...args).map(({ cells }) => cells)

describe('reading what others wrote', () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', '1', ' ', '"', ',', ';', '\n', 'é', "'"),
    maxLength: 6,
  })
  const row = fc.array(cell, { minLength: 2, maxLength: 4 }).filter((cells) => cells.join('').trim() !== '')

  test('reads every well-formed file as csv-parse does, wherever the pieces are cut', () => {
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 1, max: 20 }),
        (rows, delimiter, recordDelimiter, pieceLength) => {
          const text = stringify(rows, {
            delimiter,
            record_delimiter: recordDelimiter,
            quoted_match: /[",;\t\n]/,
          })
          const expected: string[][] = parse(text, { delimiter, relax_column_count: true })
          expect(cellsOf(text, delimiter, pieceLength)).toEqual(expected)
        },
      ),
    )
  })

  test('reads any text without losing a character of a plain line, cut anywhere', () => {
    const anyText = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' '), maxLength: 40 })
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 7 }), (text, pieceLength) => {
        const hasLoneReturn = /\r(?!\n)/.test(text)
        fc.pre(!hasLoneReturn)
        expect(cellsOf(text, ',', pieceLength)).toEqual(cellsOf(text, ','))
      }),
      { examples: [['"a\r\n"', 3]] },
    )
  })
})

describe('rows and line ends', () => {
  test('numbers rows as a spreadsheet does and passes over blank lines', () => {
    expect(split('a\n\n  \nb\n"c\nd"\ne').map(({ row, cells }) => [row, cells[0]])).toEqual([
      [1, 'a'],
      [4, 'b'],
      [5, 'c\nd'],
      [6, 'e'],
    ])
  })

  test('takes Windows, Unix and old Macintosh line ends', () => {
    for (const end of ['\r\n', '\n', '\r']) {
      expect(cellsOf(['a,b', '"c",d', 'e,f'].join(end))).toEqual([
        ['a', 'b'],
        ['c', 'd'],
        ['e', 'f'],
      ])
    }
  })

  test('a line is one cell when there is no delimiter', () => {
    expect(cellsOf("0812, 3\n'62812", null)).toEqual([['0812, 3'], ["'62812"]])
  })

  test("passes over Excel's separator hint", () => {
    expect(split('sep=;\na;b', ';')).toEqual([{ row: 2, cells: ['a', 'b'], tooLong: false }])
  })
})

describe('broken quoting', () => {
  test('a quote that never closes costs no row', () => {
    expect(cellsOf('"a,1\nb,2\nc,3')).toEqual([
      ['"a', '1'],
      ['b', '2'],
      ['c', '3'],
    ])
  })

  test('quotes inside a quoted field are kept when they are not doubled', () => {
    expect(cellsOf('"Toko "Maju" Jaya",0812\nb,2')).toEqual([
      ['Toko "Maju" Jaya', '0812'],
      ['b', '2'],
    ])
  })
})

describe('sizes', () => {
  test('a row over the limit is reported once and the next row is read', () => {
    const records = split(`a,1\n${'x'.repeat(rowLengthMax * 3)}\nb,2`, ',', 65_536)
    expect(records.map(({ row, tooLong }) => [row, tooLong])).toEqual([
      [1, false],
      [2, true],
      [3, false],
    ])
    expect(records[1]?.cells.join('').length).toBeLessThanOrEqual(200)
    expect(records[2]?.cells).toEqual(['b', '2'])
  })

  test('an open quote before megabytes of rows gives every row back', () => {
    const rows = Array.from({ length: 120_000 }, (_, index) => `name ${index},08123${index}`)
    const records = split(`"open,1\n${rows.join('\n')}`, ',', 65_536)
    expect(records.length).toBe(120_001)
    expect(records.at(-1)).toMatchObject({ row: 120_001, cells: ['name 119999', '08123119999'] })
  })

  test('a row of a million columns keeps a bounded number of cells', () => {
    expect(split(','.repeat(1_000_000))[0]?.cells.length).toBe(501)
  })
})
