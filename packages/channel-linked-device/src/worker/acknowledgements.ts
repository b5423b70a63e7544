import { refusalOf } from '../nack.ts'
import type { Refusal } from '../nack.ts'

export type Acknowledgement =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'none'; readonly reason: string }

/** Messages that left and wait for the server's word. */
export class Acknowledgements {
  private readonly waiting = new Map<string, (end: Acknowledgement) => void>()

  /** @returns the word, or `none` when the time, the signal or the connection ended first. */
  wait(stanzaId: string, timeoutMs: number, signal: AbortSignal | undefined): Promise<Acknowledgement> {
    return new Promise((resolve) => {
      const end = (acknowledgement: Acknowledgement): void => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', giveUp)
        if (this.waiting.get(stanzaId) === end) this.waiting.delete(stanzaId)
        resolve(acknowledgement)
      }
      const giveUp = (): void => end({ kind: 'none', reason: 'gave_up_waiting' })
      const timer = setTimeout(() => end({ kind: 'none', reason: 'no_acknowledgement' }), timeoutMs)
      this.waiting.set(stanzaId, end)
      signal?.addEventListener('abort', giveUp, { once: true })
    })
  }

  /** @returns false when nobody waits for this message any more. */
  take(stanzaId: string, error: string | undefined): boolean {
    const end = this.waiting.get(stanzaId)
    if (end === undefined) return false
    end(error === undefined ? { kind: 'accepted' } : { kind: 'refused', refusal: refusalOf(error) })
    return true
  }

  /** The connection is gone; what waits will hear nothing here. */
  lose(reason: string): void {
    for (const end of this.waiting.values()) end({ kind: 'none', reason })
  }
}
