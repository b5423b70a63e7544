import type { ConnectionContext, Step } from './connection-step.ts'
import { AnswerRefused } from './waha-api.ts'
import type { SessionInfo } from './waha-shapes.ts'

/** WAHA does not say how long a code holds; WhatsApp shows the first one longer. Source: engines.md §3. */
const firstQrMs = 60_000
const nextQrMs = 20_000
const typedCodeMs = 180_000
const restartsMax = 1

/** Follows a session that is to be linked for the first time: shows its codes until it works or nobody comes. */
export class PairingSteps {
  /** False once the session has worked: from then on a session without a link is logged out. */
  isWanted: boolean
  private shown: { readonly data: string; readonly expiresAtMs: number } | null = null
  private failures = 0
  private readonly context: ConnectionContext

  constructor(context: ConnectionContext) {
    this.context = context
    this.isWanted = context.request.phone === null
  }

  /** @param isUnlinked WhatsApp has said that what the session had before holds no more. */
  async follow({ status }: SessionInfo, isUnlinked: boolean): Promise<Step> {
    switch (status) {
      case 'SCAN_QR_CODE':
        return this.showCode()
      case 'PASSKEY_REQUIRED':
      case 'PASSKEY_CONFIRMATION_REQUIRED':
        return { state: 'pairing', reason: 'passkey_required', again: 'busy' }
      case 'STOPPED':
        await this.context.api.start()
        return { again: 'busy' }
      case 'FAILED':
        return this.fail(isUnlinked)
      case 'STARTING':
      case 'WORKING':
        return { state: 'pairing', reason: null, again: 'busy' }
      default:
        return status satisfies never
    }
  }

  private async showCode(): Promise<Step> {
    const { pairing } = this.context.request
    try {
      if (pairing.by === 'qr') await this.showQr()
      else await this.showTyped(pairing.phone)
    } catch (error) {
      if (!(error instanceof AnswerRefused) || error.status !== 422) throw error
    }
    return { state: 'pairing', reason: null, again: 'busy' }
  }

  private async showQr(): Promise<void> {
    const data = await this.context.api.qr()
    if (this.shown?.data === data) return
    this.show('qr', data, this.shown === null ? firstQrMs : nextQrMs)
  }

  private async showTyped(phone: string): Promise<void> {
    if (this.shown !== null && this.shown.expiresAtMs > this.context.now().getTime()) return
    this.show('code', await this.context.api.requestCode(phone), typedCodeMs)
  }

  private show(kind: 'qr' | 'code', data: string, validMs: number): void {
    const expiresAtMs = this.context.now().getTime() + validMs
    this.shown = { data, expiresAtMs }
    this.context.outbox.push({ type: 'pairing', kind, data, expiresAt: new Date(expiresAtMs) })
  }

  /** A restart helps against most failures, a log-out against what is left of an earlier link; then a person is needed. */
  private async fail(isUnlinked: boolean): Promise<Step> {
    const { api } = this.context
    if (this.shown !== null) return { over: 'offline', reason: 'nobody used the code in time', isSure: true }
    this.failures += 1
    if (this.failures > restartsMax + 1) return { over: 'offline', reason: 'session_failed', isSure: true }
    if (this.failures <= restartsMax && !isUnlinked) {
      await api.restart()
    } else {
      await api.logOut()
      await api.start()
    }
    return { again: 'busy' }
  }
}
