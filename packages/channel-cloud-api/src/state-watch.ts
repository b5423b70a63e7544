import type { InboundEvent, NumberStanding, Outbox, Schedule, SendOutcome, SessionState } from '@siar/channel'
import type { AccountNews } from './account-event.ts'
import type { NumberCheck } from './number-check.ts'

export interface WatchTools {
  readonly check: () => Promise<NumberCheck>
  readonly outbox: Outbox<InboundEvent>
  readonly schedule: Schedule
  readonly now: () => Date
  readonly random: () => number
  /** Between two looks at a healthy number. */
  readonly checkEveryMs: number
}

const firstRetryMs = 500
const retryMsMax = 60_000

type StateName = SessionState['state']

/**
 * Knows how a number fares: looks at once, again every few minutes, and sooner while it cannot be reached. A state is
 * told when it changes.
 */
export class StateWatch {
  phone: string | null
  private state: StateName | null = null
  private lastStanding = ''
  /** By a webhook of the account, which a look at the number may not show. */
  private told: {
    readonly name: 'banned' | 'restricted' | 'logged_out'
    readonly until: Date | null
  } | null = null
  private failures = 0
  private isClosed = false
  private cancelNext: () => void = () => undefined
  private readonly tools: WatchTools

  constructor(tools: WatchTools, phone: string | null) {
    this.tools = tools
    this.phone = phone
  }

  start(): void {
    void this.look()
  }

  close(): void {
    this.isClosed = true
    this.cancelNext()
  }

  /** What a message meets here before anything leaves; null when it may go. */
  refusal(): SendOutcome | null {
    if (this.isClosed) return { kind: 'not_sent', reason: 'closed', retryAfterMs: 1_000 }
    if (this.state === 'banned') return { kind: 'refused', reason: 'sender_banned', action: 'stop_sender' }
    if (this.state !== 'logged_out') return null
    return { kind: 'refused', reason: 'sender_signed_out', action: 'stop_sender' }
  }

  /** Learns from the end of a send, so that a lost line is told before the next look. */
  noteOutcome(outcome: SendOutcome): void {
    if (outcome.kind === 'not_sent' && outcome.reason === 'not_connected') this.lookSoon('reconnecting')
    if (outcome.kind !== 'refused') return
    if (outcome.action === 'stop_sender' || outcome.action === 'stop_account') this.lookSoon(null)
  }

  /** Takes what a webhook of the account said. @returns its state, told again when the webhook is handed over again. */
  applyNews({ state }: AccountNews): SessionState[] {
    if (state === undefined) return []
    const { name, reason, until } = state
    this.told = name === 'pardoned' ? null : { name, until }
    if (name !== 'pardoned') {
      this.state = name
      return [this.stateEvent(name, reason)]
    }
    this.lookSoon(null)
    return []
  }

  private toldState(): 'banned' | 'restricted' | 'logged_out' | null {
    const { told } = this
    if (told?.until != null && told.until <= this.tools.now()) this.told = null
    return this.told?.name ?? null
  }

  private lookSoon(state: 'reconnecting' | null): void {
    if (this.isClosed) return
    if (state !== null && (this.state === 'online' || this.state === 'restricted')) {
      this.tools.outbox.push(...this.change(state, 'Meta cannot be reached'))
    }
    this.plan(firstRetryMs * this.tools.random())
  }

  private plan(delayMs: number): void {
    this.cancelNext()
    this.cancelNext = this.tools.schedule(() => void this.look(), delayMs)
  }

  private async look(): Promise<void> {
    const seen = await this.tools.check()
    if (this.isClosed) return
    this.take(seen)
    const { checkEveryMs, random } = this.tools
    const retryMs = Math.min(firstRetryMs * 2 ** (this.failures - 1), retryMsMax)
    const delayMs = this.failures > 0 ? Math.min(retryMs, checkEveryMs) : checkEveryMs
    this.plan(delayMs * (0.75 + random() / 2))
  }

  private take(seen: NumberCheck): void {
    const { outbox } = this.tools
    this.failures = seen.kind === 'unreachable' ? this.failures + 1 : 0
    switch (seen.kind) {
      case 'no_answer':
        return
      case 'unreachable':
        return outbox.push(...this.change('reconnecting', 'Meta cannot be reached'))
      case 'turned_away':
        return outbox.push(...this.change(seen.state, seen.reason))
      case 'seen':
        this.phone = seen.phone ?? this.phone
        // The limit of people is kept before the number is online and lanes begin.
        outbox.push(
          ...this.changedStanding(seen.standing),
          ...this.change(this.toldState() ?? seen.state, seen.reason),
        )
        return
      default:
        return seen satisfies never
    }
  }

  private changedStanding(standing: Extract<NumberCheck, { kind: 'seen' }>['standing']): NumberStanding[] {
    const text = JSON.stringify([
      standing.quality,
      String(standing.messagingLimit),
      standing.messagesPerSecond,
      standing.portfolio,
    ])
    if (text === this.lastStanding) return []
    this.lastStanding = text
    return [{ type: 'standing', ...standing, at: this.tools.now() }]
  }

  private change(state: StateName, reason: string | null): SessionState[] {
    if (state === this.state) return []
    this.state = state
    return [this.stateEvent(state, reason)]
  }

  private stateEvent(state: StateName, reason: string | null): SessionState {
    return { type: 'state', state, reason, phone: this.phone, at: this.tools.now() }
  }
}
