import type { SessionState } from '@siar/channel'
import { addressOf } from './chat-id.ts'
import { retryDelayMs } from './connection-step.ts'
import type { ConnectionContext, Step } from './connection-step.ts'
import { CallFailed } from './http-caller.ts'
import { LinkedSteps } from './linked-steps.ts'
import { PairingSteps } from './pairing-steps.ts'
import { hasProxy, isConfigured, mergeConfig, newConfig } from './session-config.ts'
import type { WantedConfig } from './session-config.ts'
import { AnswerRefused } from './waha-api.ts'
import type { SessionInfo } from './waha-shapes.ts'
import type { ConnectionCause } from './webhook-item.ts'

/** The engine tells why it closed a little before WAHA shows it; what is older says nothing about now. */
const causeFreshMs = 60_000
const causeEarlyMs = 5_000

/**
 * Keeps one session on a WAHA server as it should be. What the session is now is always asked of the server; webhooks
 * only say when to look, so that late and repeated ones cannot mislead. Looks by itself as well, because some versions
 * send a webhook once only.
 */
export class Connection {
  private readonly context: ConnectionContext
  private readonly pairing: PairingSteps
  private readonly linked: LinkedSteps
  private told = ''
  private state: SessionState['state'] | null = null
  private phone: string | null
  private cause: { readonly kind: ConnectionCause; readonly atMs: number } | null = null
  private failures = 0
  private doubt = ''
  /** What the server made of our configuration, where it keeps it in another form. */
  private keptConfig: string | null = null
  private isLooking = false
  private isWoken = false
  private isEnded = false
  private cancel: () => void = () => undefined

  constructor(context: ConnectionContext) {
    this.context = context
    this.phone = context.request.phone
    this.pairing = new PairingSteps(context)
    this.linked = new LinkedSteps(context)
  }

  isOnline(): boolean {
    return this.state === 'online' && !this.isEnded
  }

  /** How WhatsApp ended the link, or null while it may hold. */
  ending(): 'logged_out' | 'banned' | null {
    return this.state === 'logged_out' || this.state === 'banned' ? this.state : null
  }

  /** Looks at the session now. */
  wake(): void {
    if (this.isEnded) return
    if (this.isLooking) {
      this.isWoken = true
      return
    }
    this.cancel()
    void this.look()
  }

  /** @param atMs When the engine said so. */
  noteCause(kind: ConnectionCause, atMs: number): void {
    this.cause = { kind, atMs: Math.min(atMs, this.nowMs()) }
    this.wake()
  }

  /** Brings an engine back that refuses everything; the session keeps its link. */
  unstick(): void {
    this.linked.unstick().then(
      () => this.wake(),
      () => this.wake(),
    )
  }

  /** From now on nothing is asked. */
  close(): void {
    this.isEnded = true
    this.cancel()
  }

  tell(state: SessionState['state'], reason: string | null): void {
    const words = JSON.stringify([state, reason, this.phone])
    if (words === this.told) return
    this.told = words
    this.state = state
    const { outbox, now } = this.context
    outbox.push({ type: 'state', state, reason, phone: this.phone, at: now() })
  }

  private nowMs(): number {
    return this.context.now().getTime()
  }

  private async look(): Promise<void> {
    this.isLooking = true
    this.isWoken = false
    const step = await this.step().catch(stepAfterFailure)
    this.isLooking = false
    if (!this.isEnded) this.finish(step)
  }

  private finish(step: Step): void {
    if ('over' in step) {
      if (step.isSure || this.doubt === step.over) {
        this.tell(step.over, step.reason)
        this.close()
        return
      }
      this.doubt = step.over
      this.lookAgainIn(this.context.times.busyMs)
      return
    }
    this.doubt = ''
    if ('state' in step) this.tell(step.state, step.reason)
    this.failures = step.again === 'retry' ? this.failures + 1 : 0
    const { times } = this.context
    const retry = retryDelayMs(times, this.failures)
    this.lookAgainIn({ calm: times.calmMs, busy: times.busyMs, retry }[step.again])
  }

  private lookAgainIn(delayMs: number): void {
    const timer = setTimeout(() => void this.look(), this.isWoken ? 0 : delayMs)
    this.cancel = () => clearTimeout(timer)
  }

  private async step(): Promise<Step> {
    const { api, wanted } = this.context
    const info = await api.findSession()
    if (wanted === null) return this.refuseEgress(info)
    if (info === null) return this.create(wanted)
    if (!this.isConfigured(info, wanted)) return this.configure(info, wanted)
    return info.status === 'WORKING' ? this.work(info) : this.follow(info)
  }

  /** A session that would leave by another way than its own must not run. */
  private async refuseEgress(info: SessionInfo | null): Promise<Step> {
    if (info !== null && info.status !== 'STOPPED') await this.context.api.stop()
    return { state: 'offline', reason: 'proxy_kind_not_supported', again: 'calm' }
  }

  private async create(wanted: WantedConfig): Promise<Step> {
    if (!this.pairing.isWanted) return { over: 'logged_out', reason: 'the session is gone', isSure: false }
    await this.context.api.createSession(newConfig(wanted))
    return { state: 'pairing', reason: null, again: 'busy' }
  }

  private isConfigured(info: SessionInfo, wanted: WantedConfig): boolean {
    const config = info.config ?? {}
    if (isConfigured(config, wanted)) return true
    return hasProxy(config, wanted) && JSON.stringify(config) === this.keptConfig
  }

  private async configure(info: SessionInfo, wanted: WantedConfig): Promise<Step> {
    const { api } = this.context
    const config = info.config ?? {}
    if (!hasProxy(config, wanted)) this.tell('reconnecting', 'another_egress')
    await api.updateSession(mergeConfig(config, wanted))
    const kept = await api.findSession()
    this.keptConfig = JSON.stringify(kept?.config ?? {})
    return { again: hasProxy(kept?.config ?? {}, wanted) ? 'busy' : 'retry' }
  }

  private work({ me }: SessionInfo): Step {
    const phone = me ? addressOf(me.id) : null
    const own = this.context.request.phone
    if (own !== null && phone !== null && phone !== own) {
      return { state: 'offline', reason: 'linked_to_another_number', again: 'calm' }
    }
    if (this.freshCause(causeEarlyMs) !== null) return { again: 'busy' }
    if (phone?.startsWith('+')) this.phone = phone
    if (this.phone === null) return { again: 'busy' }
    this.cause = null
    this.pairing.isWanted = false
    this.linked.worked()
    return { state: 'online', reason: null, again: 'calm' }
  }

  private async follow(info: SessionInfo): Promise<Step> {
    const cause = this.freshCause(causeFreshMs)
    if (cause === 'banned') {
      await this.context.api.stop().catch(() => undefined)
      return { over: 'banned', reason: 'WhatsApp has banned this number', isSure: true }
    }
    const isUnlinked = cause === 'logged_out'
    return this.pairing.isWanted
      ? this.pairing.follow(info, isUnlinked)
      : this.linked.follow(info, isUnlinked)
  }

  private freshCause(freshMs: number): ConnectionCause | null {
    const { cause } = this
    return cause !== null && this.nowMs() - cause.atMs < freshMs ? cause.kind : null
  }
}

/** Whatever goes wrong, the session waits and looks again: one broken server must not end the others. */
function stepAfterFailure(error: unknown): Step {
  const again = 'retry' as const
  if (error instanceof CallFailed) {
    if (error.reason === 'may_not_act') return { again }
    return { state: 'reconnecting', reason: error.reason, again }
  }
  if (!(error instanceof AnswerRefused)) return { state: 'reconnecting', reason: 'unexpected', again }
  const { status } = error
  if (status === 401 || status === 403) return { state: 'offline', reason: 'api_key_refused', again }
  if (status >= 300 && status < 400) return { state: 'offline', reason: 'redirected', again }
  return { state: 'reconnecting', reason: `server_answered_${status}`, again }
}
