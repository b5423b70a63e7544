import { createHash } from 'node:crypto'
import type { CredentialStore, OutboundMedia, SendOutcome } from '@siar/channel'
import type { GraphClient } from './graph-client.ts'
import { asInteger, asRecord, asText, parseJson } from './json.ts'
import { refusedOutcome } from './refusal-table.ts'

/** Meta keeps an uploaded file for 30 days; a day less, so that no message meets the end. */
const keptMs = 29 * 24 * 3_600_000
const uploadTimeoutMs = 120_000
const shelfMax = 1_000

interface Kept {
  readonly id: string
  readonly expiresAtMs: number
}

export type ShelfEnd =
  | { readonly kind: 'ready'; readonly id: string; readonly isFresh: boolean }
  | { readonly kind: 'failed'; readonly outcome: SendOutcome }

export interface ShelfOptions {
  readonly client: GraphClient
  readonly phoneNumberId: string
  readonly credentials: CredentialStore
  readonly now: () => Date
}

function keyOf(phoneNumberId: string, fingerprint: string): string {
  const name = createHash('sha256').update(fingerprint).digest('hex')
  return `media.${phoneNumberId}.${name}`
}

function notSent(reason: string): ShelfEnd {
  return { kind: 'failed', outcome: { kind: 'not_sent', reason, retryAfterMs: 2_000 } }
}

/**
 * The files of one number that Meta holds: each is uploaded once, however many messages carry it at the same time, and
 * its id is kept beside the credentials over restarts.
 */
export class MediaShelf {
  private readonly kept = new Map<string, Kept>()
  private readonly uploads = new Map<string, Promise<ShelfEnd>>()
  private readonly options: ShelfOptions

  constructor(options: ShelfOptions) {
    this.options = options
  }

  /** @returns the id Meta knows the file by; a failed upload is told as the end of the send that needed it. */
  async take(media: OutboundMedia): Promise<ShelfEnd> {
    const key = keyOf(this.options.phoneNumberId, media.fingerprint)
    const running = this.uploads.get(key)
    if (running) return running
    const upload = this.findOrUpload(key, media)
    this.uploads.set(key, upload)
    try {
      return await upload
    } finally {
      this.uploads.delete(key)
    }
  }

  /** Meta no longer takes the id of this file. */
  async forget(media: Pick<OutboundMedia, 'fingerprint'>): Promise<void> {
    const key = keyOf(this.options.phoneNumberId, media.fingerprint)
    this.kept.delete(key)
    await this.options.credentials.write(new Map([[key, null]]))
  }

  /** A status said that some file could not be used, and not which: all that were used since the start are uploaded anew. */
  async forgetAll(): Promise<void> {
    const keys = [...this.kept.keys()]
    this.kept.clear()
    if (keys.length > 0) await this.options.credentials.write(new Map(keys.map((key) => [key, null])))
  }

  private async findOrUpload(key: string, media: OutboundMedia): Promise<ShelfEnd> {
    const kept = this.kept.get(key) ?? (await this.readKept(key))
    if (kept && kept.expiresAtMs > this.options.now().getTime()) {
      this.keep(key, kept)
      return { kind: 'ready', id: kept.id, isFresh: false }
    }
    return this.upload(key, media)
  }

  private async readKept(key: string): Promise<Kept | null> {
    const value = (await this.options.credentials.read([key])).get(key)
    const entry = value ? asRecord(parseJson(value)) : {}
    const id = asText(entry['id'])
    const expiresAtMs = asInteger(entry['expiresAtMs'])
    return id === null || expiresAtMs === null ? null : { id, expiresAtMs }
  }

  private async upload(key: string, media: OutboundMedia): Promise<ShelfEnd> {
    const { client, phoneNumberId, credentials, now } = this.options
    const { mimeType, fileName } = media
    const data = await media.read().catch(() => null)
    if (data === null) return notSent('media_unreadable')
    const end = await client.postFile(
      `${phoneNumberId}/media`,
      { messaging_product: 'whatsapp', type: mimeType },
      { name: fileName, mimeType, data },
      { timeoutMs: uploadTimeoutMs },
    )
    if (end.kind === 'failed') return { kind: 'failed', outcome: refusedOutcome(end.error) }
    const id = end.kind === 'done' ? asText(end.body['id']) : null
    if (id === null) return notSent('upload_failed')
    const kept = { id, expiresAtMs: now().getTime() + keptMs }
    this.keep(key, kept)
    await credentials.write(new Map([[key, Buffer.from(JSON.stringify(kept))]]))
    return { kind: 'ready', id, isFresh: true }
  }

  private keep(key: string, kept: Kept): void {
    this.kept.delete(key)
    this.kept.set(key, kept)
    const [oldest] = this.kept.keys()
    if (this.kept.size > shelfMax && oldest !== undefined) this.kept.delete(oldest)
  }
}
