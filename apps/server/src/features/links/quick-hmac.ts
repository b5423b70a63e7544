import { hash } from 'node:crypto'

const blockBytes = 64

/**
 * HMAC-SHA-256 (RFC 2104) for many short texts under one key.
 *
 * `createHmac` looks up its algorithm anew for each text, which costs ten times as much as the hashing; a lane that fills in
 * short links would feel it.
 *
 * @param key At most 64 bytes.
 */
export function quickHmac(key: Uint8Array): (text: string) => Buffer {
  if (key.length > blockBytes) throw new RangeError('the key is longer than a block')
  const [inner, outer] = [padded(key, 0x36), padded(key, 0x5c)]
  return (text) => {
    const first = hash('sha256', Buffer.concat([inner, Buffer.from(text)]), 'buffer')
    return hash('sha256', Buffer.concat([outer, first]), 'buffer')
  }
}

const padded = (key: Uint8Array, pad: number): Buffer =>
  Buffer.from(Array.from({ length: blockBytes }, (_, index) => (key[index] ?? 0) ^ pad))
