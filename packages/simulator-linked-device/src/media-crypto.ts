import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'
import { getMediaKeys } from 'baileys'

/** The word that binds a file's keys to its kind. */
export type MediaKeyKind = 'image' | 'video' | 'audio' | 'document' | 'sticker'

export interface SealedFile {
  readonly mediaKey: Buffer
  readonly sealed: Buffer
  readonly fileSha256: Buffer
  readonly fileEncSha256: Buffer
}

const macBytes = 10

function sha256(data: Uint8Array): Buffer {
  return createHash('sha256').update(data).digest()
}

function macOf(key: Uint8Array, iv: Uint8Array, body: Uint8Array): Buffer {
  return createHmac('sha256', key).update(iv).update(body).digest().subarray(0, macBytes)
}

export async function sealFile(data: Uint8Array, kind: MediaKeyKind): Promise<SealedFile> {
  const mediaKey = randomBytes(32)
  const { iv, cipherKey, macKey } = await getMediaKeys(mediaKey, kind)
  if (!macKey) throw new Error('no key for the seal')
  const cipher = createCipheriv('aes-256-cbc', cipherKey, iv)
  const body = Buffer.concat([cipher.update(data), cipher.final()])
  const sealed = Buffer.concat([body, macOf(macKey, iv, body)])
  return { mediaKey, sealed, fileSha256: sha256(data), fileEncSha256: sha256(sealed) }
}

/** @throws when a hash, the seal or the length does not fit, as a phone that says "cannot be downloaded". */
export async function openFile(
  sealed: Uint8Array,
  kind: MediaKeyKind,
  about: {
    readonly mediaKey: Uint8Array
    readonly fileSha256: Uint8Array
    readonly fileEncSha256: Uint8Array
  },
): Promise<Buffer> {
  if (!sha256(sealed).equals(about.fileEncSha256)) throw new Error('the file in the message is another one')
  const { iv, cipherKey, macKey } = await getMediaKeys(about.mediaKey, kind)
  const body = sealed.subarray(0, sealed.byteLength - macBytes)
  if (!macKey || !macOf(macKey, iv, body).equals(sealed.subarray(body.byteLength))) {
    throw new Error('the seal of the file is broken')
  }
  const decipher = createDecipheriv('aes-256-cbc', cipherKey, iv)
  const data = Buffer.concat([decipher.update(body), decipher.final()])
  if (!sha256(data).equals(about.fileSha256)) throw new Error('the file has another content')
  return data
}
