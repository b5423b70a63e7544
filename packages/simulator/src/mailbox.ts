import type { InboundEvent } from '@siar/channel'
import type { Delivery, PollRequest } from './http-protocol.ts'

interface Pending extends Delivery {
  readonly resolve: () => void
  readonly reject: (reason: Error) => void
}

/** Events of all sessions of one client, kept until the client says it took them. */
export interface Mailbox {
  /** Resolves when the client took the events, rejects when it could not. */
  put(senderId: string, turn: number, events: readonly InboundEvent[]): Promise<void>
  /** Settles the batch before and answers the next one, waiting up to `waitMs` for events. */
  poll(ack: PollRequest['ack'], waitMs: number): Promise<{ batch: number; deliveries: Delivery[] }>
}

const notTaken = (): Error => new Error('The client did not take the events')

class ClientMailbox implements Mailbox {
  private pending: Pending[] = []
  private inFlight: Pending[] = []
  private batch = 0
  private polls = 0
  private wake: () => void = () => undefined

  put(senderId: string, turn: number, events: readonly InboundEvent[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.pending.push({ senderId, turn, events, resolve, reject })
      this.wake()
    })
  }

  async poll(ack: PollRequest['ack'], waitMs: number): Promise<{ batch: number; deliveries: Delivery[] }> {
    const turn = (this.polls += 1)
    this.wake()
    this.settle(ack)
    if (this.pending.length === 0) await this.waitForEvents(waitMs)
    if (turn !== this.polls) return { batch: this.batch, deliveries: [] }
    this.inFlight = this.pending.splice(0)
    this.batch += 1
    const deliveries = this.inFlight.map(({ senderId, turn, events }) => ({ senderId, turn, events }))
    return { batch: this.batch, deliveries }
  }

  private settle(ack: PollRequest['ack']): void {
    const isKnown = ack !== null && ack.batch === this.batch
    for (const delivery of this.inFlight.splice(0)) {
      if (isKnown && !ack.failed.includes(delivery.senderId)) delivery.resolve()
      else delivery.reject(notTaken())
    }
  }

  private waitForEvents(waitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, waitMs)
      this.wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

export function createMailbox(): Mailbox {
  return new ClientMailbox()
}
