import type { OutboundMessage, SendOutcome, Session } from '@siar/channel'
import type { RateMeter } from '@siar/domain'
import type { Logger } from 'pino'
import type { Schedule } from '../senders/index.ts'
import type { Deadlines } from './deadlines.ts'
import type { Outgoing } from './taker.ts'

export interface PumpOptions {
  readonly concurrencyMax: () => number
  /** A call that takes longer ends as `unknown`. */
  readonly deadlines: Deadlines
  readonly logger: Logger
  readonly onOutcome: (outgoing: Outgoing, outcome: SendOutcome) => void
  /** Called right before a message is handed over. */
  readonly onStart?: (outgoing: Outgoing) => void
  /** Keeps to so many starts a second where `perSecond` says so; null lets all go that concurrency allows. */
  readonly rate?: RateLimit
}

export interface RateLimit {
  readonly meter: RateMeter
  readonly nowMs: () => number
  readonly perSecond: () => number | null
  readonly schedule: Schedule
}

/** Timers are no finer than this: at a high rate each lets several go. */
const tickMsMin = 5

/** Hands messages to sessions, at most so many at once and so many a second, in their order. Holds one timer for all. */
export class SendPump {
  readonly #options: PumpOptions
  readonly #queue: { outgoing: Outgoing; session: Session; signal: AbortSignal }[] = []
  #inFlight = 0
  #isTicking = false

  constructor(options: PumpOptions) {
    this.#options = options
  }

  /** Messages that were given and not handed over yet. */
  get waiting(): number {
    return this.#queue.length
  }

  add(outgoing: readonly Outgoing[], session: Session): void {
    if (outgoing.length === 0) return
    const { rate } = this.#options
    if (this.#queue.length === 0) rate?.meter.rest(rate.nowMs())
    const signal = this.#options.deadlines.signal()
    for (const one of outgoing) this.#queue.push({ outgoing: one, session, signal })
    this.#fill()
  }

  #fill(): void {
    const max = this.#options.concurrencyMax()
    while (this.#inFlight < max && this.#queue.length > 0) {
      if (this.#isTooEarly()) return
      const next = this.#queue.shift()
      if (!next) return
      this.#inFlight += 1
      this.#options.onStart?.(next.outgoing)
      void this.#send(next.outgoing, next.session, next.signal)
    }
  }

  /** Takes one start of the rate, or comes back when there is one. */
  #isTooEarly(): boolean {
    const { rate } = this.#options
    const perSecond = rate?.perSecond() ?? null
    if (!rate || perSecond === null) return false
    if (this.#isTicking) return true
    const earlyMs = rate.meter.take(rate.nowMs(), perSecond)
    if (earlyMs <= 0) return false
    this.#isTicking = true
    rate.schedule(
      () => {
        this.#isTicking = false
        this.#fill()
      },
      Math.max(tickMsMin, earlyMs),
    )
    return true
  }

  async #send(outgoing: Outgoing, session: Session, signal: AbortSignal): Promise<void> {
    let outcome: SendOutcome
    let isMediaGone = false
    const onMediaGone = (): void => void (isMediaGone = true)
    try {
      outcome = await session.send(toMessage(outgoing, onMediaGone), signal)
    } catch (error) {
      this.#options.logger.error({ err: error, senderId: outgoing.flight.senderId }, 'a channel failed')
      outcome = isMediaGone ? mediaGone : { kind: 'unknown', reason: 'timeout' }
    }
    this.#inFlight -= 1
    this.#options.onOutcome(outgoing, outcome)
    this.#fill()
  }
}

/** A message whose file could not be read never left; the disk may be back in a minute. */
const mediaGone: SendOutcome = {
  kind: 'refused',
  reason: 'media_failed',
  action: 'upload_again',
  retryAfterMs: 60_000,
}

function toMessage({ flight, to, run, template }: Outgoing, onMediaGone: () => void): OutboundMessage {
  const { media } = run.content
  const base = { messageId: flight.attemptId, to, text: flight.text, ...(template ? { template } : {}) }
  if (!media) return base
  const { id: fingerprint, kind, mimeType, fileName, sizeBytes } = media
  const read = (): Promise<Uint8Array> =>
    run.readMedia().catch((error: unknown) => {
      onMediaGone()
      throw error
    })
  return { ...base, media: { kind, mimeType, fileName, sizeBytes, fingerprint, read } }
}
