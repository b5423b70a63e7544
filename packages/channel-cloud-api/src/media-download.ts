import type { DownloadedMedia } from '@siar/channel'
import { ChannelUnavailable } from '@siar/channel'
import type { GraphClient } from './graph-client.ts'
import { asInteger, asText } from './json.ts'
import { isManagementLimit } from './management-gate.ts'

const ref = /^[\w.-]{1,200}$/

interface Address {
  readonly url: string
  readonly mimeType: string
  readonly sizeBytes: number
}

/** @returns null when Meta holds no such file any more. */
async function findAddress(
  client: GraphClient,
  phoneNumberId: string,
  mediaId: string,
  signal: AbortSignal | undefined,
): Promise<Address | null> {
  const end = await client.get(mediaId, { phone_number_id: phoneNumberId }, { signal })
  if (end.kind === 'failed' && end.error.httpStatus < 500 && !isManagementLimit(end)) return null
  if (end.kind !== 'done') throw new ChannelUnavailable(end.kind === 'failed' ? 'service_failed' : end.reason)
  const url = asText(end.body['url'])
  if (url === null || !URL.canParse(url)) return null
  const mimeType = asText(end.body['mime_type']) ?? 'application/octet-stream'
  return { url, mimeType, sizeBytes: asInteger(end.body['file_size']) ?? 0 }
}

/**
 * Fetches a file that came in: its address first, which lives five minutes, then the file, both with the token.
 *
 * @returns null when it is gone or larger than `bytesMax`.
 * @throws ChannelUnavailable when it may be asked for again.
 */
export async function downloadMedia(
  client: GraphClient,
  phoneNumberId: string,
  mediaId: string,
  bytesMax: number,
  signal?: AbortSignal,
): Promise<DownloadedMedia | null> {
  if (!ref.test(mediaId)) return null
  const address = await findAddress(client, phoneNumberId, mediaId, signal)
  if (address === null || address.sizeBytes > bytesMax) return null
  const file = await client.fetchFile(address.url, bytesMax, { signal })
  if (file.kind === 'lost' && file.reason === 'answer_too_large') return null
  if (file.kind !== 'answered') throw new ChannelUnavailable(file.reason)
  if (file.status === 404 || file.status === 410) return null
  if (file.status !== 200) throw new ChannelUnavailable('service_failed')
  return { mimeType: address.mimeType, fileName: null, data: file.body }
}
