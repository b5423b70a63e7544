import { AppError } from '@siar/domain'

const bytesMax = 256 * 1024 ** 2

/** The texts that the cells of a workbook share, close together: millions of small strings would take five times the memory. */
export class StringTable {
  private bytes = Buffer.alloc(65_536)
  private ends = new Uint32Array(4096)
  private count = 0

  /** @throws AppError `import_unreadable` beyond 256 MB. */
  add(text: string): void {
    const start = this.startOf(this.count)
    const needed = start + Buffer.byteLength(text)
    if (needed > bytesMax) throw new AppError('import_unreadable', { reason: 'too_large_inside' })
    if (needed > this.bytes.length) {
      this.bytes = Buffer.concat([this.bytes], Math.min(bytesMax, Math.max(needed, this.bytes.length * 2)))
    }
    if (this.count === this.ends.length) {
      const larger = new Uint32Array(this.ends.length * 2)
      larger.set(this.ends)
      this.ends = larger
    }
    this.bytes.write(text, start)
    this.ends[this.count] = needed
    this.count += 1
  }

  /** Empty when there is no such text. */
  get(index: number): string {
    if (!Number.isInteger(index) || index < 0 || index >= this.count) return ''
    return this.bytes.toString('utf8', this.startOf(index), this.ends[index])
  }

  private startOf(index: number): number {
    return index === 0 ? 0 : (this.ends[index - 1] ?? 0)
  }
}
