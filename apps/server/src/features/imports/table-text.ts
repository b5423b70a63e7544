import { rowLengthMax } from './record-splitter.ts'

/** How a table that was no text is kept: what every other kind of file becomes before it is looked at. */
export const tableLayout = { encoding: 'utf-8', delimiter: ',' } as const

/** One row as a line that `RecordSplitter` reads back the same. A row beyond its bound stays one line, and beyond it. */
export function toTableLine(cells: readonly string[]): string {
  const length = cells.reduce((sum, cell) => sum + cell.length + 1, 0)
  if (length > rowLengthMax)
    return `${cells
      .join(' ')
      .replace(/["\r\n]/g, ' ')
      .padEnd(rowLengthMax + 1)}.\n`
  return `${cells.map(toTableCell).join(',')}\n`
}

function toTableCell(cell: string): string {
  if (!/[",\r\n]/.test(cell)) return cell
  return `"${cell.replace(/\r\n?/g, '\n').replaceAll('"', '""')}"`
}

/** A row by the number it has in its file; numbers only grow. */
export interface NumberedRow {
  readonly row: number
  readonly cells: readonly string[]
}

/** Rows as text, with blank lines for the numbers between them, so that every row keeps its own. */
export async function* toTableText(groups: AsyncIterable<readonly NumberedRow[]>): AsyncGenerator<Buffer> {
  let next = 1
  for await (const rows of groups) {
    let text = ''
    for (const { row, cells } of rows) {
      text += '\n'.repeat(row - next) + toTableLine(cells)
      next = row + 1
    }
    yield Buffer.from(text)
  }
}
