import { parsePhone } from '@siar/domain/phone'
import type { FieldTarget } from './column-words.ts'
import { normaliseHeader, targetOfHeader } from './column-words.ts'
import type { FileRecord } from './record-splitter.ts'
import { RecordSplitter } from './record-splitter.ts'

/** What a file looks like; the shape of `ImportLayout` of the contract, without the encoding. */
export interface GuessedLayout {
  readonly delimiter: string | null
  readonly hasHeader: boolean
  readonly columns: readonly { index: number; header: string; samples: string[]; guess: string }[]
  /** Rows of the sample, the header aside. */
  readonly dataRows: number
}

export interface GuessContext {
  /** Country of numbers without a country code. */
  readonly country: string
  /** Custom fields of the workspace: key by header words of key and label. */
  readonly customFields: readonly { readonly key: string; readonly label: string }[]
}

const delimiters = [';', ',', '\t', '|'] as const
const sampleRowsMax = 200
const samplesShown = 5
const sampleLengthMax = 120

/**
 * Guesses delimiter, header row and what each column holds, from the beginning of a text.
 *
 * @param isWhole False when the text is cut; its last line is then not looked at.
 */
export function guessLayout(text: string, isWhole: boolean, context: GuessContext): GuessedLayout {
  const isPhone = (cell: string) => /\d/.test(cell) && parsePhone(cell, context.country).ok
  const readings = delimiters.map((delimiter) => readAs(text, isWhole, delimiter, isPhone))
  const best = readings.reduce((a, b) => (b.score > a.score ? b : a))
  const reading = best.score > 0 ? best : readAs(text, isWhole, null, isPhone)
  const rows = reading.records.map(({ cells }) => cells)
  const hasHeader = guessHeader(rows, isPhone)
  const data = hasHeader ? rows.slice(1) : rows
  return {
    delimiter: reading.delimiter,
    hasHeader,
    columns: describeColumns(hasHeader ? (rows[0] ?? []) : [], data, isPhone, context.customFields),
    dataRows: data.length,
  }
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

/** The share of the cells that are not empty for which the test holds. */
function shareOf(cells: readonly string[], holds: (cell: string) => boolean): number {
  const filled = cells.filter((cell) => cell.trim() !== '')
  return filled.length === 0 ? 0 : filled.filter(holds).length / filled.length
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

function describeColumns(
  header: readonly string[],
  data: readonly string[][],
  isPhone: (cell: string) => boolean,
  customFields: GuessContext['customFields'],
) {
  const width = data.reduce((max, row) => Math.max(max, row.length), header.length)
  const columns = Array.from({ length: width }, (_, index) => {
    const cells = data.map((row) => row[index] ?? '')
    const name = (header[index] ?? '').trim().slice(0, sampleLengthMax)
    return { index, header: name, cells, phoneShare: shareOf(cells, isPhone) }
  })
  const guesses = guessTargets(columns, customFields, header.length > 0)
  return columns.map(({ index, header: name, cells }) => ({
    index,
    header: name,
    samples: [...new Set(cells.map((cell) => cell.trim().slice(0, sampleLengthMax)).filter(Boolean))].slice(
      0,
      samplesShown,
    ),
    guess: guesses[index] ?? 'ignore',
  }))
}

interface SampledColumn {
  readonly index: number
  readonly header: string
  readonly cells: readonly string[]
  readonly phoneShare: number
}

function guessTargets(
  columns: readonly SampledColumn[],
  customFields: GuessContext['customFields'],
  hasHeader: boolean,
): string[] {
  const guesses: string[] = columns.map(() => 'ignore')
  const taken = new Set<string>()
  const give = (column: SampledColumn | undefined, target: string): void => {
    if (column === undefined || taken.has(target) || guesses[column.index] !== 'ignore') return
    taken.add(target)
    guesses[column.index] = target
  }
  give(findPhoneColumn(columns), 'phone')
  for (const column of columns) {
    const target: FieldTarget | null = targetOfHeader(column.header)
    if (target !== null && target !== 'phone') give(column, target)
  }
  for (const column of columns) give(column, customTarget(column.header, customFields) ?? 'ignore')
  give(
    columns.find(({ cells }) => shareOf(cells, isEmail) > 0.5),
    'email',
  )
  if (!hasHeader)
    give(
      columns.find(({ cells }) => shareOf(cells, isName) > 0.6),
      'full_name',
    )
  return guesses
}

/** The column named so that holds most numbers; without a name the one that holds most, if they are many. */
function findPhoneColumn(columns: readonly SampledColumn[]): SampledColumn | undefined {
  const byShare = [...columns].sort((a, b) => b.phoneShare - a.phoneShare || a.index - b.index)
  const named = byShare.filter(({ header }) => targetOfHeader(header) === 'phone')
  const best =
    named.find(({ phoneShare }) => phoneShare > 0.3) ?? byShare.find(({ phoneShare }) => phoneShare > 0.3)
  return best ?? named[0] ?? (columns.length === 1 ? columns[0] : undefined)
}

function customTarget(header: string, customFields: GuessContext['customFields']): string | null {
  const words = normaliseHeader(header)
  if (words === '') return null
  const field = customFields.find(
    ({ key, label }) => normaliseHeader(key) === words || normaliseHeader(label) === words,
  )
  return field ? `custom:${field.key}` : null
}

const isEmail = (cell: string): boolean => /^\S+@\S+\.\S+$/.test(cell.trim())
const isName = (cell: string): boolean => /^[\p{L}][\p{L}\p{M}'’.\- ]*$/u.test(cell.trim())
