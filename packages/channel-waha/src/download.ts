import { ChannelUnavailable } from '@siar/channel'
import type { DownloadedMedia } from '@siar/channel'
import { askable } from './directory.ts'
import { CallFailed } from './http-caller.ts'
import type { HttpAnswer } from './http-caller.ts'
import type { WahaApi } from './waha-api.ts'

const refPattern = /^\/api\/files\/[^?#\s]+$/

function mimeTypeOf({ headers }: HttpAnswer): string {
  const type = headers['content-type']
  const whole = (Array.isArray(type) ? type[0] : type) ?? ''
  return whole.split(';')[0]?.trim() || 'application/octet-stream'
}

/**
 * Fetches a file from WAHA's own storage, wherever the webhook said it lies: the key of the API goes to no other server.
 *
 * @returns null when it is gone or larger than `bytesMax`.
 */
export async function downloadFile(
  api: WahaApi,
  ref: string,
  bytesMax: number,
  signal: AbortSignal | undefined,
): Promise<DownloadedMedia | null> {
  if (!refPattern.test(ref) || ref.includes('..')) return null
  return askable(async () => {
    const answer = await api.file(ref, bytesMax, signal).catch((error: unknown) => {
      if (error instanceof CallFailed && error.reason === 'answer_too_long') return null
      throw error
    })
    if (answer === null || answer.status === 404) return null
    if (answer.status !== 200) throw new ChannelUnavailable(`server_answered_${answer.status}`)
    return { mimeType: mimeTypeOf(answer), fileName: null, data: answer.body }
  })
}
