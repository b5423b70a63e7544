import type { InboundEvent } from '@siar/channel'
import { assertNever } from '@siar/domain'
import type { Patience } from '../options.ts'
import type { PageEvent } from '../page/page-event.ts'
import { askLinkCode, readAcks } from '../page/question-actions.ts'
import { phoneOf } from '../wire/address.ts'
import { messageOf } from '../wire/incoming.ts'
import { receiptsOf } from '../wire/receipt.ts'
import type { Life } from './life.ts'
import type { PairingCodes } from './pairing-codes.ts'
import type { SentMemory } from './sent-messages.ts'
import { verdictOf } from './stream-verdict.ts'
import type { Stream, Verdict } from './stream-verdict.ts'

export interface Reacting {
  readonly life: Life
  readonly patience: Patience
  readonly codes: PairingCodes
  readonly sent: SentMemory
  /** The number to type a code for; null: a QR code is shown. */
  readonly codePhone: string | null
  readonly now: () => Date
  readonly push: (...events: readonly InboundEvent[]) => void
  readonly tellState: (
    state: 'pairing' | 'online' | 'reconnecting',
    reason: string | null,
    phone?: string | null,
  ) => void
  readonly archive: () => void
}

const linkCodesMax = 5

/** What the events of one document lead to. */
export class PageReactions {
  private verdict: Verdict = 'starting'
  private linkCodes = 0
  private readonly reacting: Reacting

  constructor(reacting: Reacting) {
    this.reacting = reacting
  }

  take(event: PageEvent): void {
    const { life, push, codes, codePhone } = this.reacting
    if (life.isOver) return
    switch (event.kind) {
      case 'attached':
        return life.cancel('ready')
      case 'stream':
        return this.takeStream(event)
      case 'code':
        if (event.code === null || codePhone !== null || life.isOnline) return
        return this.pushIfAny(codes.qr(event.code))
      case 'idle':
        return life.wasOnline ? undefined : life.end({ kind: 'unpaired' })
      case 'link_code':
        return event.code === null ? this.requestLinkCode() : push(codes.linkCode(event.code))
      case 'logout':
        return life.end({ kind: 'logged_out', reason: event.reason ?? 'unlinked' })
      case 'acks':
        return this.takeAcks(event.ack, event.ids)
      case 'message':
        return this.pushIfAny(messageOf(event))
      case 'unreadable':
        return push({ type: 'note', kind: 'unreadable_message', detail: '', at: this.reacting.now() })
      default:
        return assertNever(event, 'event of a page')
    }
  }

  private pushIfAny(event: InboundEvent | null): void {
    if (event !== null) this.reacting.push(event)
  }

  private takeStream(stream: Stream): void {
    const verdict = verdictOf(stream)
    if (verdict === this.verdict) return
    this.verdict = verdict
    const { life } = this.reacting
    switch (verdict) {
      case 'starting':
        return
      case 'pairing':
        return this.startPairing()
      case 'online':
        return this.goOnline(stream)
      case 'down':
        return this.goDown()
      case 'banned':
      case 'conflict':
      case 'proxy_blocked':
        return life.end({ kind: verdict })
      case 'outdated':
        return life.end({ kind: 'broken', reason: 'outdated_page' })
      default:
        return assertNever(verdict, 'verdict')
    }
  }

  private startPairing(): void {
    const { codes, tellState, codePhone } = this.reacting
    codes.reset()
    tellState('pairing', null)
    if (codePhone !== null) this.requestLinkCode()
  }

  private requestLinkCode(): void {
    const { life, codePhone, patience, push, now } = this.reacting
    if (codePhone === null || life.isOnline) return
    this.linkCodes += 1
    if (this.linkCodes > linkCodesMax) return life.end({ kind: 'unpaired' })
    life.driver?.run(askLinkCode, codePhone.slice(1), patience.answerMs).catch(() => {
      push({ type: 'note', kind: 'pairing_code_refused', detail: '', at: now() })
      life.after('link_code', patience.answerMs, () => this.requestLinkCode())
    })
  }

  private goOnline(stream: Stream): void {
    const { life, tellState, patience, archive } = this.reacting
    const isFirst = !life.wasOnline
    life.cancel('offline')
    life.wasOnline = true
    life.isOnline = true
    tellState('online', null, phoneOf(stream.me))
    void this.settleOpen()
    if (isFirst) life.after('archive', patience.firstArchiveMs, archive)
  }

  private goDown(): void {
    const { life, tellState, patience } = this.reacting
    life.isOnline = false
    if (life.wasOnline) tellState('reconnecting', 'connection_lost')
    life.after('offline', patience.offlineMs, () =>
      life.end({ kind: 'broken', reason: 'connection_stalled' }),
    )
  }

  /** Receipts that came while nobody listened are read from the page's own store. */
  private async settleOpen(): Promise<void> {
    const { life, sent, patience } = this.reacting
    const open = sent.open()
    if (open.length === 0 || life.driver === null) return
    const acks = await life.driver.run(readAcks, open, patience.answerMs).catch(() => [])
    for (const { id, ack } of acks) this.takeAcks(ack, [id])
  }

  private takeAcks(ack: number, ids: readonly string[]): void {
    const { push, sent, now } = this.reacting
    const receipts = receiptsOf(ack, ids, now())
    for (const receipt of receipts) sent.settle(receipt)
    if (receipts.length > 0) push(...receipts)
  }
}
