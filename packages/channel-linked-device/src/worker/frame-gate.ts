import type { WebSocket } from 'ws'
import { Unstored } from './unstored.ts'

type Sent = (error?: Error) => void

interface Waiting {
  readonly data: Uint8Array
  /** What it waits for: the keys of a message to be kept, or what it answers to be stored; null for a frame that may go. */
  heldBy: string | null
  /** The message in this frame. */
  readonly leaving: Leaving | null
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

type Announced =
  { readonly kind: 'message'; readonly leaving: Leaving } | { readonly kind: 'answer'; readonly key: string }

/** How long an answer may wait for what it answers to be stored. */
const storeMsMax = 30_000
const lookMs = 25

/**
 * Holds frames back: of a message, until the keys it was sealed with are kept; of an answer (Baileys acknowledges what
 * comes before it tells of it), until what it answers is stored, so that WhatsApp hands it over again after a crash.
 *
 * Baileys writes the frame first and keeps the keys afterwards; a crash between the two would seal two messages with one
 * key. Which frame holds what is known from Baileys itself, which announces it in its log in the same turn.
 * Frames keep their order, because each is sealed with a counter: what is held holds everything behind it.
 */
export class FrameGate {
  private readonly socket: WebSocket
  private readonly raw: (data: Uint8Array, sent?: Sent) => void
  private readonly leaving = new Map<string, Leaving>()
  private readonly unstored = new Unstored()
  private readonly queue: Waiting[] = []
  private readonly onHold: () => void
  private announced: Announced | null = null
  private timer: NodeJS.Timeout | null = null

  /** @param onHold Called again and again while an answer is held, so that what it answers is told soon. */
  constructor(socket: WebSocket, onHold: () => void = () => undefined) {
    this.socket = socket
    this.onHold = onHold
    const send = socket.send as (data: Uint8Array, sent?: Sent) => void
    this.raw = (data: Uint8Array, sent?: Sent): void => send.call(socket, data, sent)
    socket.send = ((data: Uint8Array, sent?: Sent) => this.take(data, sent)) as WebSocket['send']
    socket.once('close', () => this.stopLooking())
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
    this.announced = { kind: 'message', leaving }
  }

  /** A stanza came that has to be stored before it is answered. */
  arrived(key: string): void {
    this.unstored.arrived(key)
  }

  /** Baileys is about to write the answer to a stanza. */
  announceAnswer(key: string): void {
    if (this.unstored.has(key)) this.announced = { kind: 'answer', key }
  }

  /** What came is stored, or there was nothing in it to store: it may be answered. */
  stored(key: string): void {
    this.unstored.stored(key)
    this.free(key)
  }

  /** The keys of the message are kept: it goes, unless it may not any more. @throws NotLeft in that case. */
  release(stanzaId: string): void {
    const leaving = this.leaving.get(stanzaId)
    this.leaving.delete(stanzaId)
    if (leaving === undefined) return
    const hindrance = this.socket.readyState === this.socket.OPEN ? leaving.hindrance() : 'connection_lost'
    if (hindrance !== null) this.giveUp(hindrance)
    this.free(stanzaId)
  }

  /** The message will not go. When its frame was sealed already, the connection has to end: its counter is spent. */
  drop(stanzaId: string): void {
    this.leaving.delete(stanzaId)
    if (this.announced?.kind === 'message' && this.announced.leaving.stanzaId === stanzaId)
      this.announced = null
    if (this.queue.some(({ leaving }) => leaving?.stanzaId === stanzaId)) this.abandon()
  }

  private giveUp(reason: string): never {
    this.abandon()
    throw new NotLeft(reason)
  }

  private abandon(): void {
    this.queue.length = 0
    this.stopLooking()
    this.socket.terminate()
  }

  private take(data: Uint8Array, sent?: Sent): void {
    const { announced } = this
    this.announced = null
    if (announced === null && this.queue.length === 0) return this.raw(data, sent)
    const leaving = announced?.kind === 'message' ? announced.leaving : null
    const heldBy = announced?.kind === 'answer' ? announced.key : (leaving?.stanzaId ?? null)
    this.queue.push({ data, heldBy, leaving })
    if (announced?.kind === 'answer') this.look()
    sent?.()
  }

  private free(heldBy: string): void {
    for (const waiting of this.queue) if (waiting.heldBy === heldBy) waiting.heldBy = null
    this.flush()
  }

  private flush(): void {
    while (this.queue[0]?.heldBy === null) {
      const waiting = this.queue.shift()
      if (!waiting) return
      const { leaving, data } = waiting
      if (leaving !== null && leaving.hindrance() !== null) return this.abandon()
      if (leaving !== null) leaving.hasLeft = true
      this.raw(data, () => undefined)
    }
    if (this.queue.every(({ heldBy, leaving }) => heldBy === null || leaving !== null)) this.stopLooking()
  }

  /** An answer that waits too long ends the connection: WhatsApp then hands over again what was not answered. */
  private look(): void {
    if (this.timer !== null) return
    const untilMs = performance.now() + storeMsMax
    this.timer = setInterval(() => {
      if (performance.now() > untilMs) this.abandon()
      else this.onHold()
    }, lookMs)
  }

  private stopLooking(): void {
    if (this.timer !== null) clearInterval(this.timer)
    this.timer = null
  }
}
