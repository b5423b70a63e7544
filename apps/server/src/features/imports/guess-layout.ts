import type { GuessContext } from './guess-context.ts'
import { shareOf } from './guess-context.ts'
import type { GuessedTable } from './guess-table.ts'
import { guessTable } from './guess-table.ts'
import { holdsPhone } from './phone-cell.ts'
import type { FileRecord } from './record-splitter.ts'
import { RecordSplitter } from './record-splitter.ts'

/** What a text looks like; `null` for lines of one cell. */
export interface GuessedLayout extends GuessedTable {
  readonly delimiter: string | null
}

const delimiters = [';', ',', '\t', '|'] as const
const sampleRowsMax = 200

/**
 * Guesses delimiter, header row and what each column holds, from the beginning of a text.
 *
 * @param isWhole False when the text is cut; its last line is then not looked at.
 */
export function guessLayout(text: string, isWhole: boolean, context: GuessContext): GuessedLayout {
  const isPhone = (cell: string) => holdsPhone(cell, context.country)
  const readings = delimiters.map((delimiter) => readAs(text, isWhole, delimiter, isPhone))
  const best = readings.reduce((a, b) => (b.score > a.score ? b : a))
  const reading = best.score > 0 ? best : readAs(text, isWhole, null, isPhone)
  const table = guessTable(
    reading.records.map(({ cells }) => cells),
    context,
  )
  return { delimiter: reading.delimiter, ...table }
}

/** The same for a text whose delimiter is known. */
export function guessColumns(
  text: string,
  isWhole: boolean,
  delimiter: string,
  context: GuessContext,
): GuessedTable {
  const { records } = readAs(text, isWhole, delimiter, () => false)
  return guessTable(
    records.map(({ cells }) => cells),
    context,
  )
}

interface Reading {
  readonly delimiter: string | null
  readonly records: readonly FileRecord[]
  readonly score: number
}

function readAs(
  text: string,
  isWhole: boolean,
  delimiter: string | null,
  isPhone: (cell: string) => boolean,
): Reading {
  const splitter = new RecordSplitter(delimiter)
  const read = splitter.push(text)
  const all = isWhole || read.length === 0 ? [...read, ...splitter.end()] : read
  const records = all.slice(0, sampleRowsMax)
  return { delimiter, records, score: scoreReading(records, isPhone) }
}

/** A good delimiter gives every row the same number of cells, the first one too, and a column of numbers. */
function scoreReading(records: readonly FileRecord[], isPhone: (cell: string) => boolean): number {
  const counts = new Map<number, number>()
  for (const { cells } of records) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1)
  const [width = 1, rows = 0] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), [1, 0])
  if (width < 2) return 0
  const share = rows / records.length
  if (share < 0.5) return 0
  const some = records.slice(0, 50)
  const phoneShare = Math.max(
    ...Array.from({ length: Math.min(width, 60) }, (_, index) =>
      shareOf(
        some.map(({ cells }) => cells[index] ?? ''),
        isPhone,
      ),
    ),
  )
  return share + (records[0]?.cells.length === width ? 0.2 : 0) + (phoneShare > 0.4 ? 0.5 : 0)
}
