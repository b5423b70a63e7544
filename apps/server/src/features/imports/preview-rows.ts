import type { Readable } from 'node:stream'
import type { PhoneRules } from '../addresses/index.ts'
import type { ImportAddress } from './import-address.ts'
import type { TextLayout } from './decode-text.ts'
import { readRecords } from './decode-text.ts'
import { AddressSet } from './phone-set.ts'
import type { ColumnPlan, ReadRow } from './read-row.ts'
import { readRow } from './read-row.ts'
import type { FileRecord } from './record-splitter.ts'

export interface PreviewRow {
  readonly row: number
  readonly cells: string[]
  readonly kind: ReadRow['kind']
  readonly phone: string | null
  readonly reason: string | null
}

export interface Preview {
  readonly rows: PreviewRow[]
  readonly looked: number
  readonly valid: number
  readonly duplicates: number
  readonly invalid: number
}

const lookedMax = 2_000
const firstRowsShown = 20
const rowsShownPerProblem = 3
const cellsShownMax = 100
const cellLengthMax = 200

/** Looks at the first rows of a file: the first ones and some of every kind of problem are shown, all are counted. */
export async function previewRows(
  content: Readable,
  layout: TextLayout,
  hasHeader: boolean,
  plan: ColumnPlan,
  rules: PhoneRules,
): Promise<Preview> {
  const seen = new AddressSet()
  const shown = new Map<string, number>()
  const rows: PreviewRow[] = []
  const counts = { valid: 0, duplicate: 0, invalid: 0 }
  let looked = 0
  for await (const record of takeData(content, layout, hasHeader)) {
    const read = readRow(record, plan, rules, seen)
    looked += 1
    counts[read.kind] += 1
    const problem = read.kind === 'valid' ? 'valid' : read.reason
    const times = (shown.get(problem) ?? 0) + 1
    shown.set(problem, times)
    if (looked <= firstRowsShown || (problem !== 'valid' && times <= rowsShownPerProblem)) {
      rows.push(presentRow(record, read))
    }
    if (looked >= lookedMax) break
  }
  return { rows, looked, valid: counts.valid, duplicates: counts.duplicate, invalid: counts.invalid }
}

async function* takeData(
  content: Readable,
  layout: TextLayout,
  hasHeader: boolean,
): AsyncGenerator<FileRecord> {
  let isHeader = hasHeader
  for await (const records of readRecords(content, layout)) {
    for (const record of records) {
      if (!isHeader) yield record
      isHeader = false
    }
  }
}

const numberOf = ({ kind, value }: ImportAddress): string | null => (kind === 'phone' ? value : null)

function presentRow({ row, cells }: FileRecord, read: ReadRow): PreviewRow {
  return {
    row,
    cells: cells.slice(0, cellsShownMax).map((cell) => cell.slice(0, cellLengthMax).toWellFormed()),
    kind: read.kind,
    phone: read.kind === 'valid' ? numberOf(read.main) : read.phone,
    reason: read.kind === 'valid' ? null : read.reason,
  }
}
