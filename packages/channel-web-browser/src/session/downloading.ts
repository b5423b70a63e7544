import type { DownloadedMedia } from '@siar/channel'
import { dropLoadedFile, loadFile, readFilePart } from '../page/file-action.ts'
import { ask } from './directory.ts'
import type { Asking } from './directory.ts'

const partBytes = 3_000_000

/** Fetches the file of a message out of the page, in parts. @throws ChannelUnavailable. */
export async function downloadThroughPage(
  asking: Asking,
  key: string,
  bytesMax: number,
  signal?: AbortSignal,
): Promise<DownloadedMedia | null> {
  const file = await ask(asking, loadFile, { key, bytesMax }, signal)
  if (file === null) return null
  try {
    const parts: Buffer[] = []
    let size = 0
    for (let at = 0; at < Math.min(file.sizeBytes, bytesMax); at += partBytes) {
      const bytes = Math.min(partBytes, bytesMax - at)
      const part = Buffer.from(await ask(asking, readFilePart, { key, at, bytes }, signal), 'base64')
      size += part.byteLength
      if (size > bytesMax) return null
      parts.push(part)
    }
    return { mimeType: file.mimeType, fileName: file.fileName, data: Buffer.concat(parts) }
  } finally {
    await ask(asking, dropLoadedFile, key).catch(() => undefined)
  }
}
