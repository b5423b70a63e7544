import type { OutboundMessage, SendOutcome, Session } from '@siar/channel'
import type { Logger } from 'pino'
import type { Deadlines } from './deadlines.ts'
import type { Outgoing } from './taker.ts'

export interface PumpOptions {
  readonly concurrencyMax: () => number
  /** A call that takes longer ends as `unknown`. */
  readonly deadlines: Deadlines
  readonly logger: Logger
  readonly onOutcome: (outgoing: Outgoing, outcome: SendOutcome) => void
}

/** Hands messages to sessions, at most so many at once, in their order. Holds no timer for a single message. */
export class SendPump {
  readonly #options: PumpOptions
  readonly #queue: { outgoing: Outgoing; session: Session; signal: AbortSignal }[] = []
  #inFlight = 0

  constructor(options: PumpOptions) {
    this.#options = options
  }

  add(outgoing: readonly Outgoing[], session: Session): void {
    if (outgoing.length === 0) return
    const signal = this.#options.deadlines.signal()
    for (const one of outgoing) this.#queue.push({ outgoing: one, session, signal })
    this.#fill()
  }

  #fill(): void {
    const max = this.#options.concurrencyMax()
    while (this.#inFlight < max) {
      const next = this.#queue.shift()
      if (!next) return
      this.#inFlight += 1
      void this.#send(next.outgoing, next.session, next.signal)
    }
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

function toMessage({ flight, to, run }: Outgoing, onMediaGone: () => void): OutboundMessage {
  const { media } = run.content
  const base = { messageId: flight.attemptId, to, text: flight.text }
  if (!media) return base
  const { id: fingerprint, kind, mimeType, fileName, sizeBytes } = media
  const read = (): Promise<Uint8Array> =>
    run.readMedia().catch((error: unknown) => {
      onMediaGone()
      throw error
    })
  return { ...base, media: { kind, mimeType, fileName, sizeBytes, fingerprint, read } }
}
