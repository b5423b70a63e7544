import { AppError } from '@siar/domain'
import { columnsMax, rowLengthMax } from '../record-splitter.ts'
import type { DateSystem, NumberStyle } from './cell-value.ts'
import { columnOf, numberText, unescapeText } from './cell-value.ts'
import { readXml } from './read-xml.ts'
import type { StringTable } from './string-table.ts'

/** Rows a sheet may have, by its format. */
const rowsMax = 1_048_576

export interface SheetContext extends DateSystem {
  readonly strings: StringTable
  readonly styles: readonly NumberStyle[]
}

export interface SheetRow {
  /** As the spreadsheet shows it. */
  readonly row: number
  readonly cells: readonly string[]
}

/** The rows of a sheet that hold anything, in groups as they arrive. @throws what `readXml` throws. */
export async function* readSheet(
  content: AsyncIterable<Uint8Array>,
  context: SheetContext,
): AsyncGenerator<readonly SheetRow[]> {
  const reader = new SheetReader(context)
  for await (const _piece of readXml(content, reader)) {
    const rows = reader.take()
    if (rows.length > 0) yield rows
  }
}

interface OpenCell {
  readonly column: number
  readonly type: string
  readonly style: number
  text: string
}

class SheetReader {
  private readonly context: SheetContext
  private rows: SheetRow[] = []
  private row = 0
  private cells: string[] = []
  private rowLength = 0
  private column = -1
  private cell: OpenCell | null = null
  private isCapturing = false
  /** Inside the pronunciation of a text. */
  private isAside = false

  constructor(context: SheetContext) {
    this.context = context
  }

  take(): readonly SheetRow[] {
    const { rows } = this
    this.rows = []
    return rows
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'row') this.openRow(attributes['r'])
    else if (name === 'c') this.openCell(attributes)
    else if (name === 'rPh') this.isAside = true
    else if (name === 'v' || name === 't') this.isCapturing = this.cell !== null && !this.isAside
  }

  text(text: string): void {
    if (!this.isCapturing || !this.cell) return
    if (this.cell.text.length <= rowLengthMax) this.cell.text += text.slice(0, rowLengthMax + 1)
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.isCapturing = false
    else if (name === 'rPh') this.isAside = false
    else if (name === 'c') this.closeCell()
    else if (name === 'row') this.closeRow()
  }

  private openRow(number: string | undefined): void {
    const row = number === undefined ? this.row + 1 : Number(number)
    if (!Number.isInteger(row) || row <= this.row || row > rowsMax) {
      throw new AppError('import_unreadable', { reason: 'broken_workbook' })
    }
    this.row = row
    this.cells = []
    this.rowLength = 0
    this.column = -1
  }

  private openCell({ r, t, s }: Readonly<Record<string, string>>): void {
    this.column = (r === undefined ? null : columnOf(r)) ?? this.column + 1
    this.cell = { column: this.column, type: t ?? 'n', style: Number(s ?? 0), text: '' }
  }

  private closeCell(): void {
    const { cell } = this
    this.cell = null
    this.isCapturing = false
    if (!cell || cell.text === '') return
    const text = this.valueOf(cell)
    if (text === '') return
    if (cell.column >= columnsMax) {
      throw new AppError('import_unreadable', { reason: 'too_many_columns', columnsMax })
    }
    if (this.rowLength > rowLengthMax) return
    this.rowLength += text.length
    while (this.cells.length < cell.column) this.cells.push('')
    this.cells[cell.column] = text
  }

  private valueOf({ type, text, style }: OpenCell): string {
    if (type === 's') return this.context.strings.get(Number(text))
    if (type === 'n') return numberText(text, this.context.styles[style] ?? 'plain', this.context)
    if (type === 'b') return text.trim() === '1' ? 'TRUE' : 'FALSE'
    return unescapeText(text)
  }

  private closeRow(): void {
    if (this.cells.length > 0) this.rows.push({ row: this.row, cells: this.cells })
    this.cells = []
  }
}
