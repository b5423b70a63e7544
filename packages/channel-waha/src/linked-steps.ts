import { retryDelayMs } from './connection-step.ts'
import type { ConnectionContext, Step } from './connection-step.ts'
import type { SessionInfo } from './waha-shapes.ts'

const unstickEveryMs = 10 * 60_000
const failuresUntilOffline = 3

/** Follows a session that was linked and does not work now: brings it back, or finds that the link is gone. */
export class LinkedSteps {
  private failures = 0
  private restartAtMs = 0
  private unstuckAtMs = -Infinity
  private readonly context: ConnectionContext

  constructor(context: ConnectionContext) {
    this.context = context
  }

  worked(): void {
    this.failures = 0
    this.restartAtMs = 0
  }

  /** @param isUnlinked The engine has said that WhatsApp ended the link. */
  async follow({ status }: SessionInfo, isUnlinked: boolean): Promise<Step> {
    switch (status) {
      case 'STARTING':
      case 'WORKING':
        return { state: 'reconnecting', reason: 'session_starting', again: 'busy' }
      case 'STOPPED':
        await this.context.api.start()
        return { state: 'reconnecting', reason: 'session_stopped', again: 'busy' }
      case 'SCAN_QR_CODE':
      case 'PASSKEY_REQUIRED':
      case 'PASSKEY_CONFIRMATION_REQUIRED':
        return { over: 'logged_out', reason: 'WhatsApp asks to link again', isSure: isUnlinked }
      case 'FAILED':
        if (isUnlinked) return { over: 'logged_out', reason: 'unlinked on the phone', isSure: true }
        return this.fail()
      default:
        return status satisfies never
    }
  }

  private async fail(): Promise<Step> {
    const { api, now, times } = this.context
    const nowMs = now().getTime()
    if (nowMs >= this.restartAtMs) {
      this.failures += 1
      this.restartAtMs = nowMs + retryDelayMs(times, this.failures)
      await api.restart()
    }
    const state = this.failures > failuresUntilOffline ? 'offline' : 'reconnecting'
    return { state, reason: 'session_failed', again: 'busy' }
  }

  /** Restarts an engine that answers every message with the same refusal, at most once in ten minutes. */
  async unstick(): Promise<void> {
    const nowMs = this.context.now().getTime()
    if (nowMs - this.unstuckAtMs < unstickEveryMs) return
    this.unstuckAtMs = nowMs
    await this.context.api.restart()
  }
}
