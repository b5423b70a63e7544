import { mix32 } from '@siar/domain'
import type { ImportAddress } from './import-address.ts'

/** Which addresses a file has named so far. */
export class AddressSet {
  private readonly phones = new PhoneSet()
  private readonly others = new Set<string>()

  /** @returns false when it was there before. */
  add({ kind, value }: ImportAddress): boolean {
    if (kind === 'phone') return this.phones.add(value)
    if (this.others.has(value)) return false
    this.others.add(value)
    return true
  }
}

/** Which numbers a file has named so far: 16-27 bytes for each, so that a million rows stay small. */
export class PhoneSet {
  private slots = new Float64Array(1024)
  private used = 0

  /** @param e164 `+` and at most 15 digits. @returns false when it was there before. */
  add(e164: string): boolean {
    const number = Number(e164.slice(1))
    if (this.used * 5 > this.slots.length * 3) this.grow()
    if (!put(this.slots, number)) return false
    this.used += 1
    return true
  }

  private grow(): void {
    const larger = new Float64Array(this.slots.length * 2)
    for (const number of this.slots) if (number !== 0) put(larger, number)
    this.slots = larger
  }
}

/** Open addressing; the length is a power of two and 0 marks a free slot. */
function put(slots: Float64Array, number: number): boolean {
  const mask = slots.length - 1
  let at = mix32(((number % 4294967296) ^ (Math.floor(number / 4294967296) * 0x9e3779b1)) | 0) & mask
  for (;;) {
    const there = slots[at]
    if (there === number) return false
    if (there === 0) {
      slots[at] = number
      return true
    }
    at = (at + 1) & mask
  }
}
