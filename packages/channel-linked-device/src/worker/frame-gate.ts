import type { WebSocket } from 'ws'

type Sent = (error?: Error) => void

interface Waiting {
  readonly data: Uint8Array
  /** The message in this frame, whose keys are not kept yet; null for a frame that may go. */
  stanzaId: string | null
}

/** A message was called back before it left. */
export class NotLeft extends Error {
  readonly reason: string
  constructor(reason: string) {
    super(`nothing left this machine: ${reason}`)
    this.name = 'NotLeft'
    this.reason = reason
  }
}

/** One message on its way out. */
export interface Leaving {
  readonly stanzaId: string
  /** Asked right before the frame leaves: why it may not, or null. */
  readonly hindrance: () => string | null
  hasLeft: boolean
}

/**
 * Holds the frame of a message back until the keys it was sealed with are kept.
 *
 * Baileys writes the frame first and keeps the keys afterwards; a crash between the two would seal two messages with one
 * key. Which frame holds the message is known from Baileys itself, which announces it in its log in the same turn.
 * Frames keep their order, because each is sealed with a counter.
 */
export class FrameGate {
  private readonly socket: WebSocket
  private readonly raw: (data: Uint8Array, sent?: Sent) => void
  private readonly leaving = new Map<string, Leaving>()
  private readonly queue: Waiting[] = []
  private announced: string | null = null

  constructor(socket: WebSocket) {
    this.socket = socket
    const send = socket.send as (data: Uint8Array, sent?: Sent) => void
    this.raw = (data: Uint8Array, sent?: Sent): void => send.call(socket, data, sent)
    socket.send = ((data: Uint8Array, sent?: Sent) => this.take(data, sent)) as WebSocket['send']
  }

  expect(leaving: Leaving): void {
    this.leaving.set(leaving.stanzaId, leaving)
  }

  /** Baileys is about to write the frame of this message. @throws NotLeft when it may not go. */
  announce(stanzaId: string): void {
    const leaving = this.leaving.get(stanzaId)
    if (leaving === undefined) return
    const hindrance = leaving.hindrance()
    if (hindrance !== null) throw new NotLeft(hindrance)
    this.announced = stanzaId
  }

  /** The keys of the message are kept: it goes, unless it may not any more. @throws NotLeft in that case. */
  release(stanzaId: string): void {
    const leaving = this.leaving.get(stanzaId)
    this.leaving.delete(stanzaId)
    if (leaving === undefined) return
    const hindrance = this.socket.readyState === this.socket.OPEN ? leaving.hindrance() : 'connection_lost'
    if (hindrance !== null) this.giveUp(hindrance)
    for (const waiting of this.queue) if (waiting.stanzaId === stanzaId) waiting.stanzaId = null
    leaving.hasLeft = true
    this.flush()
  }

  /** The message will not go. When its frame was sealed already, the connection has to end: its counter is spent. */
  drop(stanzaId: string): void {
    this.leaving.delete(stanzaId)
    if (this.announced === stanzaId) this.announced = null
    if (this.queue.some((waiting) => waiting.stanzaId === stanzaId)) this.abandon()
  }

  private giveUp(reason: string): never {
    this.abandon()
    throw new NotLeft(reason)
  }

  private abandon(): void {
    this.queue.length = 0
    this.socket.terminate()
  }

  private take(data: Uint8Array, sent?: Sent): void {
    const stanzaId = this.announced
    this.announced = null
    if (stanzaId === null && this.queue.length === 0) return this.raw(data, sent)
    this.queue.push({ data, stanzaId })
    sent?.()
  }

  private flush(): void {
    while (this.queue[0]?.stanzaId === null) {
      const waiting = this.queue.shift()
      if (waiting) this.raw(waiting.data, () => undefined)
    }
  }
}
