/** Columns a file may have: as many as a mapping can name. */
export const columnsMax = 500

/** A row longer than this is reported, not read: a file with a wrong line end must not fill the memory. */
export const rowLengthMax = 1_048_576

const shownLengthMax = 200

/** One row of a file as it stands there. */
export interface FileRecord {
  /** Its number in the file as a spreadsheet shows it: from 1, the header and blank lines included. */
  readonly row: number
  readonly cells: string[]
  /** Longer than `rowLengthMax`; `cells` then hold its beginning only. */
  readonly tooLong: boolean
}

const absentDelimiter = '\0'

/**
 * Cuts a text that arrives in pieces into rows and cells (RFC 4180, any one-character delimiter, any line end).
 *
 * Nothing is lost to bad quoting: a row whose quotes do not close, or close in mid-field, is read as it stands, quotes and
 * all, up to its line end. Blank lines are passed over and counted in `row`; so is a first line `sep=;`. A library would read
 * byte by byte and stop at the first row beyond its size limit; this reads a plain line with one `split` and goes on.
 *
 * Memory is bounded by `rowLengthMax` plus one piece, time by the length of the text.
 */
export class RecordSplitter {
  private pending = ''
  private row = 0
  private dropping = false
  private ended = false
  private loneReturns: boolean | null = null
  private readonly delimiter: string

  /** @param delimiter null when every line is one cell. */
  constructor(delimiter: string | null) {
    this.delimiter = delimiter ?? absentDelimiter
  }

  push(text: string): FileRecord[] {
    if (text === '') return []
    this.pending += this.loneReturns ? text.replaceAll('\r', '\n') : text
    if (this.loneReturns === null) this.judgeLineEnds()
    return this.takeAll()
  }

  /** A piece may end between a return and its line feed: a return counts once it is known what follows. */
  private judgeLineEnds(): void {
    const hasLineFeed = this.pending.includes('\n')
    if (!hasLineFeed && !/\r[^]/.test(this.pending)) return
    this.loneReturns = !hasLineFeed
    if (this.loneReturns) this.pending = this.pending.replaceAll('\r', '\n')
  }

  end(): FileRecord[] {
    this.ended = true
    return this.takeAll()
  }

  private takeAll(): FileRecord[] {
    const records: FileRecord[] = []
    const text = this.pending
    let position = this.dropping ? this.dropLine(text, 0) : 0
    let quoteAt = text.indexOf('"', position)
    while (position < text.length) {
      if (quoteAt !== -1 && quoteAt < position) quoteAt = text.indexOf('"', position)
      const lineEnd = this.findLineEnd(text, position)
      const quoted = quoteAt !== -1 && (lineEnd === -1 || quoteAt < lineEnd)
      const taken = quoted ? this.takeQuoted(text, position) : null
      if (taken === 'more') break
      if (taken) {
        records.push({ row: (this.row += 1), cells: taken.cells, tooLong: false })
        position = taken.next
        continue
      }
      if (lineEnd === -1) {
        if (text.length - position <= rowLengthMax) break
        records.push(this.tooLong(text, position))
        position = this.dropLine(text, position)
        continue
      }
      if (lineEnd - position > rowLengthMax) records.push(this.tooLong(text, position))
      else this.takeLine(text.slice(position, lineEnd), quoted, records)
      position = lineEnd + 1
    }
    this.pending = text.slice(position)
    return records
  }

  /** Where the line at `position` ends; at the end of the text only once no more comes. */
  private findLineEnd(text: string, position: number): number {
    const at = text.indexOf('\n', position)
    return at === -1 && this.ended ? text.length : at
  }

  private takeLine(raw: string, quoted: boolean, records: FileRecord[]): void {
    this.row += 1
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw
    if (isBlank(line) || (this.row === 1 && /^\s*"?sep=."?\s*$/i.test(line))) return
    const cells = line.split(this.delimiter, columnsMax + 1)
    records.push({ row: this.row, cells: quoted ? cells.map(stripQuotes) : cells, tooLong: false })
  }

  private tooLong(text: string, position: number): FileRecord {
    this.row += 1
    return { row: this.row, cells: [text.slice(position, position + shownLengthMax)], tooLong: true }
  }

  /** Passes over the rest of a line, also when it goes on in the next piece. */
  private dropLine(text: string, position: number): number {
    const end = this.findLineEnd(text, position)
    this.dropping = end === -1
    return end === -1 ? text.length : end + 1
  }

  /** A row with quotes; null when its quoting is broken, `more` when the text ends before it is clear. */
  private takeQuoted(text: string, start: number): { cells: string[]; next: number } | 'more' | null {
    const cells: string[] = []
    const last = this.ended || text.length - start > rowLengthMax
    const incomplete = last ? null : 'more'
    let position = start
    for (;;) {
      const field =
        text[position] === '"' ? this.takeQuotedField(text, position) : this.takePlainField(text, position)
      if (field === 'more') return incomplete
      if (field === null || field.end - start > rowLengthMax) return null
      if (cells.length <= columnsMax) cells.push(field.value)
      const next = text[field.end]
      if (next === this.delimiter) {
        position = field.end + 1
        continue
      }
      if (next === undefined && !this.ended) return incomplete
      return { cells, next: field.end + 1 }
    }
  }

  private takePlainField(text: string, position: number): { value: string; end: number } | 'more' {
    const lineEnd = this.findLineEnd(text, position)
    const delimiterAt = text.indexOf(this.delimiter, position)
    if (delimiterAt !== -1 && (lineEnd === -1 || delimiterAt < lineEnd)) {
      return { value: text.slice(position, delimiterAt), end: delimiterAt }
    }
    if (lineEnd === -1) return 'more'
    const value = text.slice(position, lineEnd)
    return { value: value.endsWith('\r') ? value.slice(0, -1) : value, end: lineEnd }
  }

  private takeQuotedField(text: string, position: number): { value: string; end: number } | 'more' | null {
    let from = position + 1
    let hasEscape = false
    for (;;) {
      const quoteAt = text.indexOf('"', from)
      if (quoteAt === -1) return this.ended ? null : 'more'
      if (text[quoteAt + 1] === '"') {
        hasEscape = true
        from = quoteAt + 2
        continue
      }
      const end = this.findFieldEnd(text, quoteAt + 1)
      if (typeof end !== 'number') return end
      const value = text.slice(position + 1, quoteAt)
      return { value: hasEscape ? value.replaceAll('""', '"') : value, end }
    }
  }

  /** After a closing quote only spaces may come before the delimiter or the line end. */
  private findFieldEnd(text: string, position: number): number | 'more' | null {
    let end = position
    while (text[end] === ' ' || text[end] === '\r') end += 1
    const next = text[end]
    if (next === undefined) return this.ended ? end : 'more'
    return next === this.delimiter || next === '\n' ? end : null
  }
}

function isBlank(line: string): boolean {
  return line === '' || (line.charCodeAt(0) <= 32 && line.trim() === '')
}

function stripQuotes(cell: string): string {
  const trimmed = cell.trim()
  if (trimmed.length < 2 || !trimmed.startsWith('"') || !trimmed.endsWith('"')) return cell
  return trimmed.slice(1, -1)
}
