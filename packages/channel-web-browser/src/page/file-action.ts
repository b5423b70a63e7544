import type { WppSurface } from './wpp-surface.ts'

declare const WPP: WppSurface

export interface LoadedFile {
  readonly mimeType: string
  readonly fileName: string | null
  readonly sizeBytes: number
}

/** Loads the file of a message into the page; null when it is gone or larger than it may be. Runs in the page. */
export async function loadFile({
  key,
  bytesMax,
}: {
  key: string
  bytesMax: number
}): Promise<LoadedFile | null> {
  const world = globalThis as { siarBlobs?: Map<string, Blob> }
  const message = await WPP.chat.getMessageById(key).catch(() => null)
  if (message === null || Number(message.size ?? 0) > bytesMax) return null
  const blob = await WPP.chat.downloadMedia(key).catch((error: unknown) => {
    const { code } = (error ?? {}) as { code?: unknown }
    if (code === 'media_not_found' || code === 'message_not_contains_media') return null
    throw error
  })
  if (blob === null || blob.size > bytesMax) return null
  world.siarBlobs ??= new Map()
  world.siarBlobs.set(key, blob)
  const mimeType = message.mimetype ?? blob.type
  return { mimeType, fileName: message.filename ?? null, sizeBytes: blob.size }
}

/** One part of a loaded file in base64. Runs in the page. */
export async function readFilePart({
  key,
  at,
  bytes,
}: {
  key: string
  at: number
  bytes: number
}): Promise<string> {
  const blob = (globalThis as { siarBlobs?: Map<string, Blob> }).siarBlobs?.get(key)
  const part = new Uint8Array((await blob?.slice(at, at + bytes).arrayBuffer()) ?? new ArrayBuffer(0))
  let binary = ''
  for (let index = 0; index < part.length; index += 16_384) {
    binary += String.fromCharCode(...part.subarray(index, index + 16_384))
  }
  return btoa(binary)
}

/** Runs in the page. */
export function dropLoadedFile(key: string): void {
  ;(globalThis as { siarBlobs?: Map<string, Blob> }).siarBlobs?.delete(key)
}
