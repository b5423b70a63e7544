import type { IncomingMedia } from '@siar/channel'
import type { proto } from 'baileys'
import type { SealKind } from './media-seal.ts'

/** Where a file lies and how it is opened: all that is needed to fetch it later, also after a restart. */
export interface MediaReference {
  readonly kind: SealKind
  readonly directPath: string
  readonly mediaKey: string
  readonly mimeType: string
  readonly fileName: string | null
  readonly sizeBytes: number
}

const kinds: readonly SealKind[] = ['image', 'video', 'audio', 'document', 'sticker']

export function encodeReference(reference: MediaReference): string {
  return Buffer.from(JSON.stringify(reference)).toString('base64url')
}

function isReference(value: unknown): value is MediaReference {
  if (typeof value !== 'object' || value === null) return false
  const { kind, directPath, mediaKey, mimeType, sizeBytes } = value as Record<string, unknown>
  return (
    kinds.includes(kind as SealKind) &&
    typeof directPath === 'string' &&
    directPath.startsWith('/') &&
    typeof mediaKey === 'string' &&
    typeof mimeType === 'string' &&
    typeof sizeBytes === 'number'
  )
}

/** @returns null for a text that is no reference. */
export function decodeReference(ref: string): MediaReference | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(ref, 'base64url').toString())
    return isReference(value) ? value : null
  } catch {
    return null
  }
}

interface FileInMessage {
  readonly directPath?: string | null
  readonly mediaKey?: Uint8Array | null
  readonly mimetype?: string | null
  readonly fileLength?: number | { toNumber(): number } | null
  readonly fileName?: string | null
  readonly caption?: string | null
}

function fileOf(message: proto.IMessage): { kind: SealKind; file: FileInMessage } | null {
  if (message.imageMessage) return { kind: 'image', file: message.imageMessage }
  if (message.videoMessage) return { kind: 'video', file: message.videoMessage }
  if (message.ptvMessage) return { kind: 'video', file: message.ptvMessage }
  if (message.audioMessage) return { kind: 'audio', file: message.audioMessage }
  if (message.documentMessage) return { kind: 'document', file: message.documentMessage }
  if (message.stickerMessage) return { kind: 'sticker', file: message.stickerMessage }
  return null
}

function bytesOf(length: FileInMessage['fileLength']): number {
  if (length === null || length === undefined) return 0
  return typeof length === 'number' ? length : length.toNumber()
}

/** The file in a message with its caption, or null where it has none. */
export function readMedia(message: proto.IMessage): { media: IncomingMedia; caption: string } | null {
  const found = fileOf(message)
  if (found === null) return null
  const { kind, file } = found
  const { directPath, mediaKey, mimetype, fileName = null, caption } = file
  const mimeType = mimetype ?? 'application/octet-stream'
  const sizeBytes = bytesOf(file.fileLength)
  const isFetchable = typeof directPath === 'string' && directPath.startsWith('/') && mediaKey?.length === 32
  const ref = isFetchable
    ? encodeReference({
        kind,
        directPath,
        mediaKey: Buffer.from(mediaKey).toString('base64'),
        mimeType,
        fileName,
        sizeBytes,
      })
    : null
  return { media: { kind, mimeType, fileName, ref }, caption: caption ?? '' }
}
