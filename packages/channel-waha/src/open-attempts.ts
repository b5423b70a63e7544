import { createHash } from 'node:crypto'
import type { CredentialStore } from '@siar/channel'
import { z } from 'zod'
import { RecentMap } from './recent-map.ts'

/** What can be compared between a message handed over and one that WAHA shows later. */
export interface Likeness {
  /** The address of the person; a number where it is known. */
  readonly to: string
  readonly text: string
  readonly hasMedia: boolean
}

/** What a message that left by this sender turned out to be. */
export type Origin =
  /** Handed over by us; the id is ours where the answer had been lost. */
  | { readonly kind: 'ours'; readonly messageId: string | null }
  /** Several attempts look like it: only a person can tell. */
  | { readonly kind: 'ambiguous' }
  | { readonly kind: 'foreign' }

const storeKey = 'open-attempts'
const windowMs = 15 * 60_000
/** The clocks of Siar and of WAHA may differ so much. */
const skewMs = 2 * 60_000
const rememberedMax = 5_000
const storedMax = 200

const Attempt = z.object({ messageId: z.string(), likeness: z.string(), startedAtMs: z.number() })
const Stored = z.object({
  open: z.array(Attempt).catch([]),
  sent: z.array(z.tuple([z.string(), z.string().nullable()])).catch([]),
})

interface OpenAttempt extends z.infer<typeof Attempt> {
  /** Resolves when the call has ended; null when it has. */
  ended: Promise<void> | null
}

export interface RunningAttempt {
  /** The answer named the message. */
  accepted(channelMessageId: string): void
  /** The server said no, or nothing left. */
  dropped(): void
  /** Nobody knows; what WAHA shows later may settle it. */
  lost(): void
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return null
  }
}

function likenessOf({ to, text, hasMedia }: Likeness): string {
  const plain = text.normalize('NFC').replace(/\s+/g, ' ').trim()
  return createHash('sha256')
    .update(JSON.stringify([to, plain, hasMedia]))
    .digest('base64url')
}

/**
 * The attempts of one sender whose end is not known. WAHA takes no id of ours, so an attempt is settled by likeness:
 * a message that left to the same person with the same text within a quarter of an hour, when exactly one attempt is
 * like it. Written to the sender's store before each call, as hashes, so that another process goes on after a crash.
 */
export class OpenAttempts {
  private open: OpenAttempt[] = []
  /** Messages known to be ours: WAHA's id, and our id where it was settled by likeness. */
  private readonly sent = new RecentMap<string | null>(rememberedMax)
  private readonly store: CredentialStore
  private readonly nowMs: () => number

  constructor(store: CredentialStore, nowMs: () => number) {
    this.store = store
    this.nowMs = nowMs
  }

  /** Takes up what an earlier process left; calls that were running then are lost. */
  async load(): Promise<void> {
    const bytes = (await this.store.read([storeKey])).get(storeKey)
    if (bytes === undefined) return
    const parsed = Stored.safeParse(parseJson(bytes))
    if (!parsed.success) return
    this.open.push(...parsed.data.open.map((attempt) => ({ ...attempt, ended: null })))
    for (const [id, messageId] of parsed.data.sent) this.sent.put(id, messageId)
  }

  /** Notes an attempt before its call. Rejects when the store does: nothing may be sent then. */
  async begin(messageId: string, likeness: Likeness): Promise<RunningAttempt> {
    this.forgetOld()
    let end: () => void = () => undefined
    const attempt: OpenAttempt = {
      messageId,
      likeness: likenessOf(likeness),
      startedAtMs: this.nowMs(),
      ended: new Promise((resolve) => {
        end = resolve
      }),
    }
    this.open.push(attempt)
    const finish = (isOver: boolean): void => {
      attempt.ended = null
      if (isOver) this.open = this.open.filter((other) => other !== attempt)
      end()
    }
    try {
      await this.save()
    } catch (error) {
      finish(true)
      throw error
    }
    return {
      accepted: (channelMessageId) => {
        this.sent.put(channelMessageId, null)
        finish(true)
      },
      dropped: () => finish(true),
      lost: () => finish(false),
    }
  }

  /** Our id of a message that was settled by likeness, or null. */
  settledIdOf(channelMessageId: string): string | null {
    return this.sent.find(channelMessageId) ?? null
  }

  /**
   * Says whose a message is that left by this sender. Waits for a running call that could have made it, so that the
   * order of answer and webhook does not matter.
   */
  async originOf(channelMessageId: string, likeness: Likeness, atMs: number): Promise<Origin> {
    for (;;) {
      const known = this.sent.find(channelMessageId)
      if (known !== undefined) return { kind: 'ours', messageId: known }
      const alike = this.alike(likenessOf(likeness), atMs)
      const [only, ...others] = alike
      const running = alike.find((attempt) => attempt.ended !== null)
      if (running?.ended != null) {
        await running.ended
        continue
      }
      if (only === undefined) return { kind: 'foreign' }
      if (others.length > 0) return { kind: 'ambiguous' }
      this.open = this.open.filter((attempt) => attempt !== only)
      this.sent.put(channelMessageId, only.messageId)
      await this.save()
      return { kind: 'ours', messageId: only.messageId }
    }
  }

  private alike(likeness: string, atMs: number): OpenAttempt[] {
    return this.open.filter(
      (attempt) =>
        attempt.likeness === likeness &&
        atMs >= attempt.startedAtMs - skewMs &&
        atMs <= attempt.startedAtMs + windowMs + skewMs,
    )
  }

  private forgetOld(): void {
    const oldestMs = this.nowMs() - windowMs - 2 * skewMs
    this.open = this.open.filter((attempt) => attempt.ended !== null || attempt.startedAtMs >= oldestMs)
  }

  private save(): Promise<void> {
    const open = this.open
      .slice(-storedMax)
      .map(({ messageId, likeness, startedAtMs }) => ({ messageId, likeness, startedAtMs }))
    const text = JSON.stringify({ open, sent: this.sent.newest(storedMax) })
    return this.store.write(new Map([[storeKey, new TextEncoder().encode(text)]]))
  }
}
