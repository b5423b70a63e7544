import { request } from 'undici'
import type { Dispatcher } from 'undici'
import type { DownloadedMedia } from '@siar/channel'
import { ChannelUnavailable } from '@siar/channel'
import { decodeReference } from './media-reference.ts'
import { sealFile, unsealFile } from './media-seal.ts'
import type { SealKind, SealedFile } from './media-seal.ts'

/** What the server says about where files go; `refresh` asks again. */
export interface MediaConnection {
  readonly hosts: readonly { readonly hostname: string }[]
  readonly auth: string
}

export interface MediaHostOptions {
  readonly dispatcher: Dispatcher
  readonly connection: (refresh: boolean) => Promise<MediaConnection>
  /** Hosts of WhatsApp alone, but for stand-ins. */
  readonly isTrusted: (hostname: string) => boolean
}

export type Uploaded = Omit<SealedFile, 'sealed'> & { readonly url: string; readonly directPath: string }

export type UploadEnd =
  | { readonly kind: 'uploaded'; readonly file: Uploaded }
  | { readonly kind: 'refused' }
  | { readonly kind: 'unreachable' }

const timeoutMs = 60_000

/** WhatsApp's own hosts for files. A message cannot name another: its address is not used, only its path. */
export function isWhatsAppHost(hostname: string): boolean {
  return /^[a-z0-9.-]+\.whatsapp\.net$/.test(hostname)
}

async function post(
  { dispatcher }: MediaHostOptions,
  hostname: string,
  auth: string,
  kind: SealKind,
  { sealed, fileEncSha256 }: SealedFile,
  signal: AbortSignal | undefined,
): Promise<{ status: number; url?: string; directPath?: string }> {
  const token = Buffer.from(fileEncSha256).toString('base64url')
  const path = `/mms/${kind}/${token}?auth=${encodeURIComponent(auth)}&token=${token}`
  const { statusCode, body } = await request(`https://${hostname}${path}`, {
    dispatcher,
    method: 'POST',
    body: sealed,
    headers: { 'content-type': 'application/octet-stream', origin: 'https://web.whatsapp.com' },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    ...(signal ? { signal } : {}),
  })
  const text = await body.text()
  if (statusCode !== 200) return { status: statusCode }
  const answer = JSON.parse(text) as { url?: unknown; direct_path?: unknown }
  if (typeof answer.url !== 'string' || typeof answer.direct_path !== 'string') return { status: 502 }
  return { status: 200, url: answer.url, directPath: answer.direct_path }
}

/** Seals a file and puts it where the person's phone will fetch it. Hosts are tried in turn, with a fresh word once. */
export async function uploadFile(
  options: MediaHostOptions,
  data: Uint8Array,
  kind: SealKind,
  signal?: AbortSignal,
): Promise<UploadEnd> {
  const sealed = await sealFile(data, kind)
  const { mediaKey, fileSha256, fileEncSha256 } = sealed
  let wasRefused = false
  for (const isAgain of [false, true]) {
    const { hosts, auth } = await options.connection(isAgain)
    for (const { hostname } of hosts.filter((host) => options.isTrusted(host.hostname))) {
      const answer = await post(options, hostname, auth, kind, sealed, signal).catch(() => null)
      if (answer?.url && answer.directPath) {
        const { url, directPath } = answer
        return { kind: 'uploaded', file: { mediaKey, fileSha256, fileEncSha256, url, directPath } }
      }
      if (answer !== null && answer.status >= 400 && answer.status < 500) wasRefused = true
    }
    if (signal?.aborted === true) break
  }
  return { kind: wasRefused ? 'refused' : 'unreachable' }
}

async function readUpTo(body: AsyncIterable<Buffer>, bytesMax: number): Promise<Buffer | null> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of body) {
    bytes += part.length
    if (bytes > bytesMax) return null
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** What sealing adds at most. */
const sealBytes = 26

/** @returns null when the file is gone, too large or not what was sealed. */
export async function downloadFile(
  options: MediaHostOptions,
  ref: string,
  bytesMax: number,
  signal?: AbortSignal,
): Promise<DownloadedMedia | null> {
  const reference = decodeReference(ref)
  if (reference === null || reference.sizeBytes > bytesMax) return null
  const { hosts } = await options.connection(false)
  const host = hosts.find(({ hostname }) => options.isTrusted(hostname))
  if (!host) throw new ChannelUnavailable('no_media_host')
  const { kind, directPath, mediaKey, mimeType, fileName } = reference
  const { statusCode, body } = await request(`https://${host.hostname}${directPath}`, {
    dispatcher: options.dispatcher,
    headers: { origin: 'https://web.whatsapp.com' },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    ...(signal ? { signal } : {}),
  }).catch((error: unknown) => {
    throw new ChannelUnavailable('media_unreachable', { cause: error })
  })
  if (statusCode >= 500 || statusCode === 401 || statusCode === 429) {
    await body.dump()
    throw new ChannelUnavailable('media_unreachable')
  }
  if (statusCode !== 200) return body.dump().then(() => null)
  const sealed = await readUpTo(body, bytesMax + sealBytes)
  const data = sealed && (await unsealFile(sealed, kind, Buffer.from(mediaKey, 'base64')))
  return data && data.byteLength <= bytesMax ? { mimeType, fileName, data } : null
}
