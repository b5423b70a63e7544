/** Longer properties are cut: pictures and keys, which an import does not read. */
export const propertyLengthMax = 65_536

/**
 * Puts the lines of a vCard that were folded together again; takes the text in pieces. Lines that begin with a space belong to
 * the one before, and so does the line after a `=` at the end of a quoted-printable one.
 *
 * Memory is bounded by `propertyLengthMax` plus one piece.
 */
export class LineUnfolder {
  private pending = ''
  private current: string | null = null
  private isQuoted = false
  /** Version 2.1 folds only where a space is, and keeps it. */
  private keepsSpace = false

  push(text: string): string[] {
    return this.take(this.pending + text, false)
  }

  end(): string[] {
    const lines = this.take(this.pending, true)
    if (this.current !== null) lines.push(this.current)
    this.current = null
    return lines
  }

  private take(text: string, isLast: boolean): string[] {
    const held = !isLast && text.endsWith('\r') ? '\r' : ''
    const physical = (held ? text.slice(0, -1) : text).split(/\r\n|\n|\r/)
    this.pending = isLast ? '' : (physical.pop() ?? '').slice(0, propertyLengthMax) + held
    const lines: string[] = []
    for (const line of physical) this.add(line, lines)
    return lines
  }

  private add(line: string, lines: string[]): void {
    const { current } = this
    if (current !== null && this.isQuoted && current.endsWith('=')) {
      this.append(current.slice(0, -1), line)
    } else if (current !== null && /^[ \t]/.test(line)) {
      this.append(current, this.keepsSpace ? line : line.slice(1))
    } else {
      if (current !== null) lines.push(current)
      this.current = line
      this.isQuoted = /^[^:]*quoted-printable/i.test(line)
      if (/^version:/i.test(line)) this.keepsSpace = line.includes('2.1')
    }
  }

  private append(current: string, more: string): void {
    this.current = (current + more).slice(0, propertyLengthMax)
  }
}
