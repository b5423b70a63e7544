import { isUtf8 } from 'node:buffer'
import { Transform } from 'node:stream'
import type { TransformCallback } from 'node:stream'

/** How much of the beginning of a file is kept to find out what it is. */
const headBytes = 262_144
const lineFeed = 10
const carriageReturn = 13

/** Passes a file on and remembers what an import wants to know about it; memory does not grow with the file. */
export class UploadProbe extends Transform {
  private readonly kept: Buffer[] = []
  private keptBytes = 0
  private totalBytes = 0
  private lineFeeds = 0
  private returns = 0
  private lastByte = lineFeed
  private valid = true
  /** Bytes of a character that the last piece cut. */
  private carry: Buffer = Buffer.alloc(0)

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.look(chunk)
    done(null, chunk)
  }

  private look(chunk: Buffer): void {
    if (chunk.length === 0) return
    if (this.keptBytes < headBytes) {
      const piece = Buffer.from(chunk.subarray(0, headBytes - this.keptBytes))
      this.kept.push(piece)
      this.keptBytes += piece.length
    }
    this.totalBytes += chunk.length
    this.lineFeeds += countByte(chunk, lineFeed)
    if (this.lineFeeds === 0) this.returns += countByte(chunk, carriageReturn)
    this.lastByte = chunk[chunk.length - 1] ?? lineFeed
    if (this.valid) this.checkUtf8(chunk)
  }

  private checkUtf8(chunk: Buffer): void {
    const bytes = this.carry.length > 0 ? Buffer.concat([this.carry, chunk]) : chunk
    const whole = bytes.length - openCharacterBytes(bytes)
    this.carry = Buffer.from(bytes.subarray(whole))
    this.valid = isUtf8(bytes.subarray(0, whole))
  }

  get head(): Buffer {
    return Buffer.concat(this.kept)
  }

  get isWholeFile(): boolean {
    return this.keptBytes === this.totalBytes
  }

  get isUtf8(): boolean {
    return this.valid && this.carry.length === 0
  }

  /** Lines of the file, the header and blank ones included. */
  get lines(): number {
    const ends = this.lineFeeds > 0 ? this.lineFeeds : this.returns
    const endsClosed = this.lastByte === lineFeed || this.lastByte === carriageReturn || this.lastByte === 0
    return ends + (endsClosed ? 0 : 1)
  }
}

function countByte(chunk: Buffer, byte: number): number {
  let count = 0
  for (let at = chunk.indexOf(byte); at !== -1; at = chunk.indexOf(byte, at + 1)) count += 1
  return count
}

/** How many bytes at the end begin a UTF-8 character that goes on in the next piece. */
function openCharacterBytes(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return 0
    if (byte < 0xc0) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    return back < length ? back : 0
  }
  return 0
}
