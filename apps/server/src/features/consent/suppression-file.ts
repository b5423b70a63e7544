import { parsePhone } from '@siar/domain/phone'
import type { PhoneProblem } from '@siar/domain/phone'
import { setImmediate } from 'node:timers/promises'
import { suppressionReasonOf } from './suppression-reasons.ts'
import type { SuppressionReason } from './suppressions.repo.ts'

export interface SuppressionLine {
  readonly value: string
  readonly reason: SuppressionReason
  readonly note: string
}

export interface RejectedLine {
  /** Line of the text, from 1. */
  readonly row: number
  /** What stood there, shortened. */
  readonly text: string
  readonly reason: PhoneProblem
}

export interface SuppressionFile {
  /** Each number once, the first line of it. */
  readonly lines: readonly SuppressionLine[]
  readonly repeated: number
  readonly rejected: readonly RejectedLine[]
}

interface Columns {
  readonly number: number
  readonly reason: number
  readonly note: number
}

const numberHeader =
  /^(?:nomor|nomer|number|phone|telepon|telp|hp|no\.?(?: hp| wa)?|wa|whatsapp|address|alamat|msisdn)\b/i
const reasonHeader = /^(?:alasan|reason)$/i
const noteHeader = /^(?:catatan|note|notes|keterangan)$/i
const shownLength = 60
const noteLength = 500
const linesAtOnce = 500

/**
 * Reads numbers that must not be messaged: one a line, or the rows of a CSV with any usual delimiter, or this list as it was
 * exported. Without a header the first cell with digits counts. Lets other work go on between lines.
 *
 * @param country For numbers without a country code. A number of any country may be suppressed.
 */
export async function readSuppressionText(text: string, country: string): Promise<SuppressionFile> {
  const rows = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((row, index) => ({ row, number: index + 1 }))
    .filter(({ row }) => row.trim() !== '')
  const columns = headerOf(cellsOf(rows[0]?.row ?? ''))
  const found = new Map<string, SuppressionLine>()
  const rejected: RejectedLine[] = []
  let repeated = 0
  for (const [index, { row, number }] of rows.slice(columns ? 1 : 0).entries()) {
    if (index % linesAtOnce === 0) await setImmediate()
    const cells = cellsOf(row)
    const phone = parsePhone(cells[columns?.number ?? cells.findIndex(looksLikeNumber)] ?? row, country)
    if (!phone.ok) {
      rejected.push({ row: number, text: row.trim().slice(0, shownLength), reason: phone.reason })
    } else if (found.has(phone.e164)) repeated += 1
    else found.set(phone.e164, { value: phone.e164, ...wordsOf(cells, columns) })
  }
  return { lines: [...found.values()], repeated, rejected }
}

const looksLikeNumber = (cell: string): boolean => /\d{4}/.test(cell.replace(/\D/g, ''))

function wordsOf(cells: readonly string[], columns: Columns | null): Omit<SuppressionLine, 'value'> {
  const reason = suppressionReasonOf(cells[columns?.reason ?? -1] ?? '') ?? 'manual'
  return { reason, note: (cells[columns?.note ?? -1] ?? '').slice(0, noteLength) }
}

/** Quotes may hold delimiters; the apostrophe that keeps a spreadsheet from calculating is taken off. */
function cellsOf(row: string): string[] {
  return [...row.matchAll(/(?:^|[,;\t|])(?:"((?:[^"]|"")*)"|([^,;\t|]*))/g)].map(([, quoted, plain]) =>
    (quoted?.replaceAll('""', '"') ?? plain ?? '').trim().replace(/^'(?=[+=@-])/, ''),
  )
}

function headerOf(cells: readonly string[]): Columns | null {
  const number = cells.findIndex((cell) => numberHeader.test(cell) && !/\d{4}/.test(cell))
  if (number < 0) return null
  const find = (header: RegExp): number => cells.findIndex((cell) => header.test(cell))
  return { number, reason: find(reasonHeader), note: find(noteHeader) }
}
