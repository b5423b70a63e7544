import { NOISE_WA_HEADER } from 'baileys'

const lengthBytes = 3
/** What one frame can say of its own length. */
export const frameBytesMax = 2 ** 24 - 1

/** Cuts a stream into frames: once the intro (`WA`, version, dictionary), then three bytes of length before each. */
export class FrameReader {
  private waiting: Buffer = Buffer.alloc(0)
  private isIntroduced = false

  /** @throws when the stream does not begin as WhatsApp Web's. */
  take(bytes: Uint8Array): Buffer[] {
    this.waiting = Buffer.concat([this.waiting, bytes])
    if (!this.isIntroduced && !this.readIntro()) return []
    const frames: Buffer[] = []
    while (this.waiting.length >= lengthBytes) {
      const end = lengthBytes + this.waiting.readUIntBE(0, lengthBytes)
      if (this.waiting.length < end) break
      frames.push(this.waiting.subarray(lengthBytes, end))
      this.waiting = this.waiting.subarray(end)
    }
    return frames
  }

  private readIntro(): boolean {
    const intro = Buffer.from(NOISE_WA_HEADER)
    if (this.waiting.length < intro.length) return false
    if (!this.waiting.subarray(0, intro.length).equals(intro))
      throw new Error('not the intro of WhatsApp Web')
    this.waiting = this.waiting.subarray(intro.length)
    this.isIntroduced = true
    return true
  }
}

export function frameOf(bytes: Uint8Array): Buffer {
  if (bytes.byteLength > frameBytesMax) throw new Error('a frame is too long')
  const frame = Buffer.alloc(lengthBytes + bytes.byteLength)
  frame.writeUIntBE(bytes.byteLength, 0, lengthBytes)
  frame.set(bytes, lengthBytes)
  return frame
}
