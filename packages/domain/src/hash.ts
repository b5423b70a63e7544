/**
 * 32-bit hash of a string (FNV-1a over UTF-16 code units, with a final mix so that near strings differ in every bit).
 *
 * Stable for ever: shards, seeds and A/B shares depend on it. Not for secrets.
 *
 * @returns An unsigned integer, 0 … 2^32 - 1.
 */
export function hash32(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return mix32(hash)
}

/** Spreads every input bit over all output bits (unsigned 32-bit in, unsigned 32-bit out). */
export function mix32(value: number): number {
  let mixed = value
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

/** A stable number in [0, 1) for a string: the same text always falls in the same share of a split. */
export function hashFraction(text: string): number {
  return hash32(text) / 4294967296
}
