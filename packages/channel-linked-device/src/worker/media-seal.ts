import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'
import { getMediaKeys } from 'baileys'

/** The word that binds a file's keys to its kind. */
export type SealKind = 'image' | 'video' | 'audio' | 'document' | 'sticker'

export interface SealedFile {
  readonly mediaKey: Uint8Array
  readonly sealed: Uint8Array
  readonly fileSha256: Uint8Array
  readonly fileEncSha256: Uint8Array
}

const macBytes = 10

function sha256(data: Uint8Array): Buffer {
  return createHash('sha256').update(data).digest()
}

function macOf(key: Uint8Array, iv: Uint8Array, body: Uint8Array): Buffer {
  return createHmac('sha256', key).update(iv).update(body).digest().subarray(0, macBytes)
}

async function keysOf(mediaKey: Uint8Array, kind: SealKind) {
  const { iv, cipherKey, macKey } = await getMediaKeys(mediaKey, kind)
  if (!macKey) throw new Error('a file has no key for its seal')
  return { iv, cipherKey, macKey }
}

/** Seals a file in memory, as WhatsApp keeps it: nothing of it touches the disk. */
export async function sealFile(data: Uint8Array, kind: SealKind): Promise<SealedFile> {
  const mediaKey = randomBytes(32)
  const { iv, cipherKey, macKey } = await keysOf(mediaKey, kind)
  const cipher = createCipheriv('aes-256-cbc', cipherKey, iv)
  const body = Buffer.concat([cipher.update(data), cipher.final()])
  const sealed = Buffer.concat([body, macOf(macKey, iv, body)])
  return { mediaKey, sealed, fileSha256: sha256(data), fileEncSha256: sha256(sealed) }
}

/** @returns null when the bytes are not what was sealed with this key. */
export async function unsealFile(
  sealed: Uint8Array,
  kind: SealKind,
  mediaKey: Uint8Array,
): Promise<Uint8Array | null> {
  const { iv, cipherKey, macKey } = await keysOf(mediaKey, kind)
  const body = sealed.subarray(0, Math.max(0, sealed.byteLength - macBytes))
  if (!macOf(macKey, iv, body).equals(sealed.subarray(body.byteLength))) return null
  const decipher = createDecipheriv('aes-256-cbc', cipherKey, iv)
  return Buffer.concat([decipher.update(body), decipher.final()])
}
