const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by))

/**
 * The number PostgreSQL's `hashtext` gives a text, as an unsigned integer 0 … 2^32 - 1: Bob Jenkins' lookup3 over the UTF-8
 * bytes, read as a little-endian machine reads them.
 *
 * Both sides have it for the cost of a few additions, so a freeze of a million people and the forecast agree. PostgreSQL keeps
 * it from version to version, because hash indexes and partitions on disk depend on it. Not for secrets.
 *
 * Source: `hash_bytes` in `src/common/hashfn.c` of PostgreSQL 11 to 18; lookup3 is in the public domain.
 */
export function hashText(text: string): number {
  const bytes = new TextEncoder().encode(text)
  const view = new DataView(bytes.buffer)
  let a = (0x9e3779b9 + bytes.length + 3_923_095) | 0
  let b = a
  let c = a
  let at = 0
  for (; bytes.length - at >= 12; at += 12) {
    a = (a + view.getInt32(at, true)) | 0
    b = (b + view.getInt32(at + 4, true)) | 0
    c = (c + view.getInt32(at + 8, true)) | 0
    a = ((a - c) | 0) ^ rotate(c, 4)
    c = (c + b) | 0
    b = ((b - a) | 0) ^ rotate(a, 6)
    a = (a + c) | 0
    c = ((c - b) | 0) ^ rotate(b, 8)
    b = (b + a) | 0
    a = ((a - c) | 0) ^ rotate(c, 16)
    c = (c + b) | 0
    b = ((b - a) | 0) ^ rotate(a, 19)
    a = (a + c) | 0
    c = ((c - b) | 0) ^ rotate(b, 4)
    b = (b + a) | 0
  }
  for (let place = 0; at < bytes.length; at += 1, place += 1) {
    const byte = bytes[at] ?? 0
    if (place < 4) a = (a + (byte << (8 * place))) | 0
    else if (place < 8) b = (b + (byte << (8 * (place - 4)))) | 0
    // The lowest byte of the last word stands for the length.
    else c = (c + (byte << (8 * (place - 7)))) | 0
  }
  return finish(a, b, c)
}

function finish(a: number, b: number, c: number): number {
  c = ((c ^ b) - rotate(b, 14)) | 0
  a = ((a ^ c) - rotate(c, 11)) | 0
  b = ((b ^ a) - rotate(a, 25)) | 0
  c = ((c ^ b) - rotate(b, 16)) | 0
  a = ((a ^ c) - rotate(c, 4)) | 0
  b = ((b ^ a) - rotate(a, 14)) | 0
  return ((c ^ b) - rotate(b, 24)) >>> 0
}
