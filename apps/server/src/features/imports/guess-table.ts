import { targetOfHeader } from './column-words.ts'
import type { GuessContext } from './guess-context.ts'
import { shareOf } from './guess-context.ts'
import { guessTargets } from './guess-targets.ts'
import { holdsPhone } from './phone-cell.ts'

/** What the first rows of a table say; part of `ImportLayout` of the contract. */
export interface GuessedTable {
  readonly hasHeader: boolean
  readonly columns: readonly { index: number; header: string; samples: string[]; guess: string }[]
  /** Rows of the sample, the header aside. */
  readonly dataRows: number
}

const samplesShown = 5
const sampleLengthMax = 120

/** Guesses the header row and what each column holds, from the first rows. */
export function guessTable(rows: readonly string[][], context: GuessContext): GuessedTable {
  const isPhone = (cell: string): boolean => holdsPhone(cell, context.country)
  const hasHeader = guessHeader(rows, isPhone)
  const header = hasHeader ? (rows[0] ?? []) : []
  const data = hasHeader ? rows.slice(1) : rows
  return {
    hasHeader,
    columns: describeColumns(header, data, context),
    dataRows: data.length,
  }
}

/**
 * A first row is a header when it names a known column and holds no number itself, or when it has a text over a column of
 * numbers. A single column needs the known name: a broken number at its top is a row.
 */
function guessHeader(rows: readonly string[][], isPhone: (cell: string) => boolean): boolean {
  const [first, ...rest] = rows
  if (!first || first.some((cell) => isPhone(cell) || cell.includes('@'))) return false
  if (first.some((cell) => targetOfHeader(cell) !== null)) return true
  if (first.length < 2 || rest.length === 0 || first.some((cell) => cell.trim() === '')) return false
  return first.some(
    (cell, index) =>
      !/\d/.test(cell) &&
      shareOf(
        rest.map((row) => row[index] ?? ''),
        isPhone,
      ) > 0.5,
  )
}

function describeColumns(header: readonly string[], data: readonly string[][], context: GuessContext) {
  const width = data.reduce((max, row) => Math.max(max, row.length), header.length)
  const columns = Array.from({ length: width }, (_, index) => ({
    index,
    header: toShown(header[index] ?? ''),
    cells: data.map((row) => row[index] ?? ''),
  }))
  const guesses = guessTargets(columns, context, header.length > 0)
  return columns.map(({ index, header: name, cells }) => ({
    index,
    header: name,
    samples: sampleOf(cells),
    guess: guesses[index] ?? 'ignore',
  }))
}

/** The first different values of a column, cut to what is shown. */
function sampleOf(cells: readonly string[]): string[] {
  return [...new Set(cells.map(toShown).filter(Boolean))].slice(0, samplesShown)
}

/** A text of a file as it can be kept and shown. */
export function toShown(text: string): string {
  return text.replaceAll('\0', '').trim().slice(0, sampleLengthMax).toWellFormed()
}
